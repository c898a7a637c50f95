#include "tests/support/preflight.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/files.h"

namespace sohoa::test {
namespace {

TEST(Preflight, FindsFaultsInEachFileOfSeveral) {
  if (!hasPreflight()) GTEST_SKIP() << "libpdfbox2-java is not installed";
  const TemporaryFolder folder;
  spill(folder / "not a pdf.pdf", "no PDF at all");
  spill(folder / "cut.pdf", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
  const auto verdicts = preflight({folder / "not a pdf.pdf", folder / "cut.pdf"});
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[1].file, folder / "cut.pdf");
  for (const PreflightVerdict& verdict : verdicts) {
    EXPECT_FALSE(verdict.valid);
    EXPECT_FALSE(verdict.findings.empty());
  }
}

TEST(Preflight, FailsLoudlyForAFileThatIsNotThere) {
  if (!hasPreflight()) GTEST_SKIP() << "libpdfbox2-java is not installed";
  EXPECT_THROW(preflight({"/no/such/file.pdf"}), std::runtime_error);
  EXPECT_TRUE(preflight({}).empty());
}

}  // namespace
}  // namespace sohoa::test
