export { DescribeRiskConfiguration } from "./DescribeRiskConfiguration.ts";
export { SetRiskConfiguration } from "./SetRiskConfiguration.ts";
