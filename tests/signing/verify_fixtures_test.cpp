#include <fstream>
#include <map>
#include <sstream>

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

TEST_F(VerifyFixtures, AreJudgedAsExpected) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << "the folder of third-party fixtures is not there";
  const auto all = expectations(*folder);
  ASSERT_EQ(all.size(), 35u);
  for (const Expected& row : all) {
    SCOPED_TRACE(row.file);
    const VerificationReport report = verify(*folder / row.file);
    SCOPED_TRACE(describe(report, Language::en));
    const std::string verdict(verdictOf(report));
    EXPECT_NE(verdict, "valid") << "the roots are not ours";
    std::size_t signatures = 0;
    bool intact = true, whole = true, forbidden = false;
    for (const SignatureReport& s : report.signatures) {
      intact = intact && s.digestMatches && s.signatureMatches;
      whole = whole && s.coverage == SignatureReport::Coverage::whole;
      forbidden = forbidden || s.changesAfter == SignatureReport::Changes::forbidden;
      if (s.kind != SignatureReport::Kind::timestamp) ++signatures;
      EXPECT_NE(s.indication, Indication::totalPassed);
      EXPECT_FALSE(s.findings.empty()) << "a reason is given";
    }
    if (row.integrity == "intact" && row.coverage != "modified-disallowed") {
      EXPECT_EQ(signatures, row.signatures);
      EXPECT_TRUE(intact);
      EXPECT_EQ(whole, row.coverage == "whole");
      EXPECT_FALSE(forbidden);
      EXPECT_EQ(report.overall(), Indication::indeterminate);
    } else if (row.integrity == "intact") {
      EXPECT_FALSE(whole);
      for (const SignatureReport& s : report.signatures) {
        EXPECT_NE(s.changesAfter, SignatureReport::Changes::permitted);
      }
    } else if (row.integrity == "broken") {
      EXPECT_EQ(report.overall(), Indication::totalFailed);
      EXPECT_FALSE(intact);
    } else if (row.integrity == "malformed" && row.signatures > 0) {
      EXPECT_EQ(report.overall(), Indication::totalFailed);
    } else if (row.integrity == "malformed") {
      EXPECT_TRUE(verdict == "malformed" || verdict == "unsigned") << verdict;
    } else {
      EXPECT_EQ(verdict, "unsigned");
    }
  }
}

TEST_F(VerifyFixtures, PermittedLaterSignaturesAreKnownAsSuch) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << "the folder of third-party fixtures is not there";
  const VerificationReport report = verify(*folder / "hello_signed_INCSAVE_signed.pdf");
  ASSERT_EQ(report.signatures.size(), 2u);
  EXPECT_EQ(report.signatures[0].changesAfter, SignatureReport::Changes::permitted);
}

}  // namespace
}  // namespace sohoa::test
