import type { TestReport } from "../../protocol";

/** What came of running tests, in a few words. */
export function countsOf(report: TestReport): string {
  const count = (...wanted: string[]) =>
    report.tests.filter((test) => wanted.includes(test.status)).length;
  const [passed, failed] = [count("passed"), count("failed", "error")];
  if (report.tests.length === 0) {
    return report.passed ? "passed" : "no result";
  }
  return failed > 0 ? `${failed} of ${passed + failed} failed` : `${passed} passed`;
}
