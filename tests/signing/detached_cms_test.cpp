#include "signing/pades/detached_cms.h"

#include "core/durable.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class Detached : public SigningTest {
 protected:
  const std::string content_ = std::string("nhật ký\0\n", 12);
};

TEST_F(Detached, HoldsForItsBytesAloneAndOpensslAgrees) {
  const std::string cms = signDetached(key(), content_);
  const auto now = today();
  const DetachedReport report = verifyDetached(cms, content_, anchors(), now);
  EXPECT_TRUE(report.intact);
  EXPECT_TRUE(report.trusted);
  EXPECT_NE(report.signer.find("DEMO"), std::string::npos);
  EXPECT_FALSE(verifyDetached(cms, content_ + "x", anchors(), now).intact);
  EXPECT_FALSE(verifyDetached(cms, content_, anchors(), now + std::chrono::years(50)).trusted);

  spill(folder_ / "content", content_);
  spill(folder_ / "content.p7s", cms);
  std::string roots;
  for (const auto& entry : std::filesystem::directory_iterator(trust()))
    roots += slurp(entry.path());
  spill(folder_ / "roots.pem", roots);
  const CommandResult openssl = runCommand(
      {"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in",
       (folder_ / "content.p7s").string(), "-content", (folder_ / "content").string(), "-CAfile",
       (folder_ / "roots.pem").string(), "-purpose", "any", "-out", (folder_ / "out").string()});
  EXPECT_TRUE(openssl.ok()) << openssl.describe();
}

TEST_F(Detached, ThatIsChangedAnywhereIsNotIntactAndNeverCrashes) {
  const std::string cms = signDetached(key(), content_);
  const auto now = today();
  for (std::size_t i = 0; i < cms.size(); ++i) {
    std::string changed = cms;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    const DetachedReport report = verifyDetached(changed, content_, anchors(), now);
    EXPECT_FALSE(report.intact && report.trusted) << i;
  }
  for (const std::string& bytes :
       {std::string(), std::string("x"), cms.substr(0, cms.size() / 2)}) {
    EXPECT_FALSE(verifyDetached(bytes, content_, anchors(), now).intact);
  }
}

TEST(HmacSha256, AgreesWithRfc4231) {
  EXPECT_EQ(hmacSha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace sohoa::test
