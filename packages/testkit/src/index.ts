export { checkBehavior, checkModel } from "./check-behavior.ts";
export { checkDevice, deviceCheckNames, type DeviceCheckOptions } from "./check-device.ts";
export { checkConnector, type ConnectorCheckOptions } from "./check-connector.ts";
export { checkNames, type CheckName, type CheckOptions } from "./options.ts";
export { expectConformance, type CheckResult, type ConformanceReport } from "./report.ts";
