// The boxes of the selection column: one per row, and the header's for everything that matches the filter.

import type { ICellRendererParams, IHeaderParams } from 'ag-grid-community'

export interface CheckContext {
  isChecked(id: string): boolean
  extent(): 'none' | 'some' | 'all'
  toggle(id: string, rowIndex: number, range: boolean): void
  toggleAll(): void
  rowLabel(id: string): string
  allLabel(): string
}

function box(): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'checkbox'
  input.className = 'sv-check'
  input.tabIndex = -1
  return input
}

export class CheckCell {
  private readonly input = box()
  private params: ICellRendererParams | undefined

  init(params: ICellRendererParams): void {
    this.input.addEventListener('click', (event) => {
      event.stopPropagation()
      const { node, context } = this.params ?? params
      if (node.id !== undefined) (context as CheckContext).toggle(node.id, node.rowIndex ?? 0, event.shiftKey)
    })
    this.show(params)
  }

  getGui(): HTMLElement {
    return this.input
  }

  refresh(params: ICellRendererParams): boolean {
    this.show(params)
    return true
  }

  private show(params: ICellRendererParams): void {
    this.params = params
    const context = params.context as CheckContext
    const id = params.data ? params.node.id : undefined
    this.input.hidden = id === undefined || params.node.rowPinned != null
    this.input.checked = id !== undefined && context.isChecked(id)
    this.input.setAttribute('aria-label', id === undefined ? '' : context.rowLabel(id))
  }
}

export class CheckHeader {
  private readonly input = box()
  private params: IHeaderParams | undefined

  init(params: IHeaderParams): void {
    this.params = params
    this.input.addEventListener('click', () => (params.context as CheckContext).toggleAll())
    this.show()
  }

  getGui(): HTMLElement {
    return this.input
  }

  refresh(params: IHeaderParams): boolean {
    this.params = params
    this.show()
    return true
  }

  private show(): void {
    const context = this.params?.context as CheckContext
    const extent = context.extent()
    this.input.checked = extent === 'all'
    this.input.indeterminate = extent === 'some'
    this.input.setAttribute('aria-label', context.allLabel())
  }
}
