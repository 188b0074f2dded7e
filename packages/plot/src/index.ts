export { compare, lines } from "./figure/lines.ts";
export type { CompareOptions, Curve, CurveLook, LinesOptions } from "./figure/lines.ts";
export { raster } from "./figure/raster.ts";
export type { NeuronGroup, RasterOptions } from "./figure/raster.ts";
export { smallMultiples } from "./figure/small-multiples.ts";
export type { Panel, SmallMultiplesOptions } from "./figure/small-multiples.ts";
export { traces } from "./figure/traces.ts";
export type { FigureOptions, TracesOptions } from "./figure/traces.ts";
export type { PanelContent, TimeSpan, TraceSeries } from "./figure/panel.ts";
export type { Domain } from "./figure/axes.ts";
export { fixedPoints } from "./phase/fixed-points.ts";
export type { FixedPoint, FixedPointKind } from "./phase/fixed-points.ts";
export type { PlaneField, PlaneScale, PlaneSlopes } from "./phase/field.ts";
export { phasePlane } from "./phase/phase-plane.ts";
export type { PhasePlaneOptions, PlaneLine, Trajectory } from "./phase/phase-plane.ts";
export { zeroContour } from "./phase/zero-contour.ts";
export type { PlanePoint } from "./phase/zero-contour.ts";
export { seriesColors } from "./palette.ts";
export type { SeriesColor } from "./palette.ts";
export { htmlReport } from "./report/html-report.ts";
export type { ReportOptions } from "./report/html-report.ts";
export { networkReport } from "./report/network-report.ts";
export type { NetworkReportOptions } from "./report/network-report.ts";
export type { ReportedPlan } from "./report/reported-plan.ts";
export type { ReportEquation, ReportFigure, ReportSection, ReportTable } from "./report/report-section.ts";
export { interactiveHtml } from "./interactive/interactive-html.ts";
export type { InteractiveHtmlOptions } from "./interactive/interactive-html.ts";
export type {
  InteractiveFigure,
  InteractiveHeatMap,
  InteractiveLines,
  InteractiveRaster,
} from "./interactive/interactive-figure.ts";
export type { ChartLibrary } from "./interactive/page-scripts.ts";
export { latexToMathML } from "./report/latex.ts";
export { terminalCapabilities } from "./terminal/capabilities.ts";
export type { Environment, OutputStream, TerminalCapabilities } from "./terminal/capabilities.ts";
export { progressBar } from "./terminal/progress-bar.ts";
export type { ProgressBar, ProgressBarOptions } from "./terminal/progress-bar.ts";
export { sparkline } from "./terminal/sparkline.ts";
export { terminalRaster } from "./terminal/terminal-raster.ts";
export type { TerminalRasterOptions } from "./terminal/terminal-raster.ts";
export { terminalTrace } from "./terminal/terminal-trace.ts";
export type { TerminalTraceOptions } from "./terminal/terminal-trace.ts";
export type { TextPlotOptions } from "./terminal/text-frame.ts";
export { connectivityGraph } from "./graph/connectivity-graph.ts";
export type { ConnectivityGraphOptions } from "./graph/connectivity-graph.ts";
export { graphOf } from "./graph/network-graph.ts";
export type { GraphLink, GraphNode, NetworkGraph, PlannedGraph } from "./graph/network-graph.ts";
export { neuronGraph } from "./graph/neuron-graph.ts";
export type { NeuronGraphOptions } from "./graph/neuron-graph.ts";
export { schedulePicture } from "./schedule/schedule-picture.ts";
export type { PictureStage, SchedulePictureOptions } from "./schedule/schedule-picture.ts";
