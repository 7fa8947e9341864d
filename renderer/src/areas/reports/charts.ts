// Only the parts of the chart library that the two charts use, and how they look in either theme.

import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js'
import type { ChartConfiguration } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)

export interface ChartLook {
  ink: string
  line: string
  good: string
  warn: string
  info: string
}

/** Colours of the theme that is shown, read from the page so that they stand in one place. */
export function lookOf(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: colour('--sv-soft'),
    line: colour('--sv-line'),
    good: colour('--sv-good-fill'),
    warn: colour('--sv-warn-fill'),
    info: colour('--sv-accent'),
  }
}

export interface ChartSeries {
  label: string
  /** Minor units. */
  minors: number[]
  colour: keyof ChartLook
}

export interface ChartInput {
  labels: string[]
  series: ChartSeries[]
  horizontal: boolean
  /** A sum in words, for the tip and the axis. */
  words: (minor: number) => string
  short: (minor: number) => string
}

/** Bars on top of one another; nothing moves, so that a print taken at once is whole. */
export function barChart(
  { labels, series, horizontal, words, short }: ChartInput,
  look: ChartLook,
): ChartConfiguration<'bar'> {
  const value = horizontal ? 'x' : 'y'
  const ticks = { color: look.ink, font: { size: 12 } }
  return {
    type: 'bar',
    data: {
      labels,
      datasets: series.map(({ label, minors, colour }) => ({
        label,
        data: minors,
        backgroundColor: look[colour],
        borderRadius: 3,
        maxBarThickness: 34,
      })),
    },
    options: {
      indexAxis: horizontal ? 'y' : 'x',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        [horizontal ? 'y' : 'x']: {
          stacked: true,
          grid: { display: false },
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
          border: { color: look.line },
        },
        [value]: {
          stacked: true,
          beginAtZero: true,
          grid: { color: look.line },
          border: { display: false },
          ticks: { ...ticks, maxTicksLimit: 6, callback: (tick: number | string) => short(Number(tick)) },
        },
      },
      plugins: {
        legend: {
          display: series.length > 1,
          position: 'bottom',
          labels: { color: look.ink, boxWidth: 12, boxHeight: 12 },
        },
        tooltip: {
          callbacks: { label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${words(Number(raw))}` },
        },
      },
    },
  }
}

export { Chart }
