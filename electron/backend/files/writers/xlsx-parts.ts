// The fixed parts of an XLSX package around its sheets (ECMA-376, Part 1: SpreadsheetML), and the styles of cells.

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const officeTypes = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** How a cell looks. `format` is Excel's own number format code, '' for the general one. */
export interface CellStyle {
  format: string
  bold: boolean
  right: boolean
  /** The row of titles. */
  heading: boolean
}

export interface StyleBook {
  /** The style's number in this workbook. */
  indexOf(style: CellStyle): number
  /** The part `xl/styles.xml` with every style asked for so far. */
  toXml(): string
}

/** Numbers of formats that every reader knows (18.8.30); all others are declared from 164 on. */
const builtIn: Readonly<Record<string, number>> = { '': 0, '#,##0': 3, '#,##0.00': 4, '@': 49 }
const plain: CellStyle = { format: '', bold: false, right: false, heading: false }

export function createStyles(): StyleBook {
  const styles = new Map<string, CellStyle>()
  const numbers = new Map<string, number>()
  const indexOf = (style: CellStyle): number => {
    const key = `${Number(style.bold)}${Number(style.right)}${Number(style.heading)}${style.format}`
    let index = numbers.get(key)
    if (index === undefined) {
      index = styles.size
      styles.set(key, style)
      numbers.set(key, index)
    }
    return index
  }
  indexOf(plain)
  return { indexOf, toXml: () => stylesXml([...styles.values()]) }
}

function stylesXml(styles: readonly CellStyle[]): string {
  const own = [...new Set(styles.map(({ format }) => format))].filter(
    (format) => builtIn[format] === undefined,
  )
  const numberOf = (format: string): number => builtIn[format] ?? 164 + own.indexOf(format)
  const formats = own.map(
    (format) => `<numFmt numFmtId="${numberOf(format)}" formatCode="${escapeXml(format)}"/>`,
  )
  const cells = styles.map(({ format, bold, right, heading }) => {
    const look = `numFmtId="${numberOf(format)}" fontId="${bold || heading ? 1 : 0}" fillId="${heading ? 2 : 0}" borderId="0" xfId="0"`
    const applied = ' applyNumberFormat="1" applyFont="1" applyFill="1"'
    return right
      ? `<xf ${look}${applied} applyAlignment="1"><alignment horizontal="right"/></xf>`
      : `<xf ${look}${applied}/>`
  })
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
  return (
    `${declaration}<styleSheet xmlns="${main}">` +
    (formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : '') +
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEAF2FB"/><bgColor indexed="64"/></patternFill></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  )
}

export const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`

/** Every part but the sheets and the styles, by its path in the package. */
export function fixedParts(sheetNames: readonly string[]): readonly (readonly [path: string, xml: string])[] {
  const numbered = sheetNames.map((name, index) => ({ name: escapeXml(name), number: index + 1 }))
  const stylesNumber = numbered.length + 1
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${officeTypes}.sheet.main+xml"/>` +
        numbered
          .map(
            ({ number }) =>
              `<Override PartName="/${sheetPath(number)}" ContentType="${officeTypes}.worksheet+xml"/>`,
          )
          .join('') +
        `<Override PartName="/xl/styles.xml" ContentType="${officeTypes}.styles+xml"/>` +
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packageRelations}">` +
        `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/>` +
        `<Relationship Id="rId2" Type="${packageRelations}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    ],
    [
      'docProps/core.xml',
      `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Sverka</dc:creator></cp:coreProperties>',
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>` +
        numbered
          .map(({ name, number }) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)
          .join('') +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packageRelations}">` +
        numbered
          .map(
            ({ number }) =>
              `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
          )
          .join('') +
        `<Relationship Id="rId${stylesNumber}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
  ]
}

/** The start of a sheet up to its first row: the frozen row of titles and the columns' widths in characters. */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return (
    `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>' +
    (columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '') +
    '<sheetData>'
  )
}

/** The end of a sheet: filters over titles and rows (not over totals), and no warnings about numbers kept as text. */
export function sheetEnd(columns: number, lastRow: number): string {
  return (
    `</sheetData><autoFilter ref="A1:${columnName(columns)}${lastRow}"/>` +
    '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
    '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
    `<ignoredErrors><ignoredError sqref="A1:${columnName(columns)}1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  )
}

/** The letters of a column counted from 1: 1 is A, 27 is AA. */
export function columnName(number: number): string {
  const rest = number - 1
  const last = String.fromCharCode(65 + (rest % 26))
  return rest < 26 ? last : columnName(Math.floor(rest / 26)) + last
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Text for XML. What XML cannot hold is written as `_xHHHH_`, and text that looks like that is kept apart from it
 * (22.9.2.19, ST_Xstring). Halves of a sign cannot be written in any way.
 */
export function escapeXml(text: string): string {
  if (!/[&<>"_\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/.test(text)) return text
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .toWellFormed()
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}
