#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/workers/page_renderer.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

/// Attack files with signers that the site trusts, made for the purpose (fixtures
/// signed-pdf-attacks).
class AttackSamples : public testing::Test {
 protected:
  void SetUp() override {
    const auto found = fixture("signed-pdf-attacks");
    if (!found) GTEST_SKIP() << noFixture("signed-pdf-attacks");
    folder_ = *found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().extension() == ".pem") {
        fs::copy_file(entry.path(), trust_ / entry.path().filename());
      }
    }
  }

  VerificationReport verify(const std::string& name) {
    VerificationOptions options;
    options.renderer = &renderer_;
    options.at = options.now = *parseIsoTime("2026-12-01T00:00:00Z");
    options.revocation = VerificationOptions::Revocation::available;
    return verifyPdf(folder_ / name, TrustAnchors::fromFolder(trust_.path()), options);
  }

  fs::path folder_;
  TemporaryFolder trust_;
  RenderProcess renderer_{buildFolder() / "pipeline/sohoa-render"};
};

TEST_F(AttackSamples, ThatCoverWordsByManyThinOrTransparentThingsAreRefused) {
  for (const char* name : {"b_hatch.pdf", "h_stencils3.pdf"}) {
    EXPECT_EQ(verdictOf(verify(name)), "invalid") << name;
  }
}

TEST_F(AttackSamples, WithSeveralReadingsAreRefused) {
  for (const char* name :
       {"min.pdf", "a_obj0_inuse.pdf", "d3_size_huge.pdf", "b_behind_end.pdf", "f4_badoffset.pdf",
        "objstm_missing.pdf", "dss_obj0.pdf", "34f_fill_RV.pdf", "20b_prev_skips_signature.pdf"}) {
    EXPECT_EQ(verdictOf(verify(name)), "invalid") << name;
  }
}

TEST_F(AttackSamples, ACountersignedDocumentOfTheNightIsNotChanged) {
  const VerificationReport report = verify("c_pdfa_countersigned_pyhanko.pdf");
  ASSERT_EQ(report.signatures.size(), 2U);
  for (const SignatureReport& signature : report.signatures) {
    EXPECT_NE(signature.changesAfter, SignatureReport::Changes::forbidden);
    EXPECT_TRUE(signature.digestMatches);
  }
}

}  // namespace
}  // namespace sohoa::test
