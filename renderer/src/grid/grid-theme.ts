// The grid in the kit's look. Colours are variables, so that light and dark need no second theme.

import { themeQuartz } from 'ag-grid-community'

export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--sv-accent)',
  backgroundColor: 'var(--sv-panel)',
  foregroundColor: 'var(--sv-ink)',
  textColor: 'var(--sv-ink)',
  borderColor: 'var(--sv-line)',
  chromeBackgroundColor: 'var(--sv-sunken)',
  headerBackgroundColor: 'var(--sv-sunken)',
  headerTextColor: 'var(--sv-soft)',
  rowHoverColor: 'var(--sv-hover)',
  selectedRowBackgroundColor: 'var(--sv-info-soft)',
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 12,
  headerFontWeight: 600,
  rowHeight: 36,
  headerHeight: 36,
  cellHorizontalPadding: 12,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: false,
  rangeSelectionBorderColor: 'var(--sv-accent)',
  browserColorScheme: 'inherit',
})
