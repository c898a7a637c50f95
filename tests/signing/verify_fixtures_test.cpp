#include <fstream>
#include <map>
#include <sstream>

#include "signing/verify/report_text.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

struct Expected {
  std::string file, integrity, coverage;
  std::size_t signatures = 0;
};

/// Signed, attacked and malformed files of two other verifiers' test suites. Their roots are not
/// ours: nothing here may be called valid, and what is intact must be found intact.
class VerifyFixtures : public SigningTest {
 protected:
  static std::vector<Expected> expectations(const std::filesystem::path& folder) {
    std::ifstream in(folder / "expected.tsv");
    std::vector<Expected> all;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      std::istringstream cells(line);
      Expected row;
      std::string count;
      std::getline(cells, row.file, '\t');
      std::getline(cells, row.integrity, '\t');
      std::getline(cells, row.coverage, '\t');
      std::getline(cells, count, '\t');
      row.signatures = std::stoul(count);
      all.push_back(row);
    }
    return all;
  }
};

/// The worst over the signatures, in the words of expected.tsv.
std::string integrityOf(const VerificationReport& report) {
  if (report.signatures.empty()) return report.unreadable ? "malformed" : "no-signature";
  for (const SignatureReport& s : report.signatures) {
    if (!s.digestMatches || !s.signatureMatches) return "broken";
  }
  return "intact";
}

std::string coverageOf(const VerificationReport& report) {
  using Report = SignatureReport;
  if (report.signatures.empty() || report.unreadable) return "n/a";
  bool whole = true, allowed = true;
  for (const Report& s : report.signatures) {
    // The oldest signature says it for all: what follows one stands before the next.
    whole = whole && s.coverage == Report::Coverage::whole;
    allowed =
        allowed && s.coverage != Report::Coverage::anomalous &&
        (s.changesAfter == Report::Changes::none || s.changesAfter == Report::Changes::permitted);
  }
  return !allowed ? "modified-disallowed" : whole ? "whole" : "incremental-allowed";
}

TEST_F(VerifyFixtures, AreJudgedAsExpectedColumnByColumn) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << noFixture("signed-pdf");
  const auto all = expectations(*folder);
  ASSERT_EQ(all.size(), 35u);
  for (const Expected& row : all) {
    SCOPED_TRACE(row.file);
    const VerificationReport report = verify(*folder / row.file);
    SCOPED_TRACE(describe(report, Language::en));
    const std::string verdict(verdictOf(report));
    EXPECT_NE(verdict, "valid") << "the roots are not ours";
    std::size_t signatures = 0;
    for (const SignatureReport& s : report.signatures) {
      if (s.kind != SignatureReport::Kind::timestamp) ++signatures;
      EXPECT_NE(s.indication, Indication::totalPassed);
      EXPECT_FALSE(s.reason.empty());
    }
    if (row.integrity == "malformed") {
      // An unsigned malformed file may also be read and called unsigned.
      const bool unsignedToo = row.signatures == 0 && verdict == "unsigned";
      EXPECT_TRUE(unsignedToo || verdict == "malformed" || verdict == "invalid") << verdict;
      continue;
    }
    EXPECT_EQ(integrityOf(report), row.integrity);
    EXPECT_EQ(signatures, row.signatures);
    if (row.integrity == "intact" || row.coverage != "n/a") {
      EXPECT_EQ(coverageOf(report), row.coverage);
    }
    const bool honest = row.coverage == "whole" || row.coverage == "incremental-allowed";
    if (row.integrity == "intact") {
      EXPECT_EQ(verdict, honest ? "indeterminate" : "invalid");
    }
    if (row.integrity == "broken") {
      // What cannot be read here at all is no proof against it.
      EXPECT_EQ(verdict, report.unreadable ? "malformed" : "invalid");
    }
  }
}

}  // namespace
}  // namespace sohoa::test
