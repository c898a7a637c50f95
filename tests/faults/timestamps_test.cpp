#include <gtest/gtest.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"
#include "tests/signing/soft_token.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A site that signs with a key of a test PKI whose servers run on the loopback.
class SiteWithServices : public NightSite {
 public:
  explicit SiteWithServices(TestServices& services, const std::string& level) {
    writePkcs12(path() / "keys/agency.p12", "secret", services.signer("RSA2048"), services.ca());
    spill(path() / "keys/agency.password", "secret\n");
    fs::remove(path() / "trust/demo-root.pem");
    spill(path() / "trust/root.pem", slurp(services.trust() / "root.pem"));
    configure("level", '"' + level + '"');
    configure("urls", "[\"" + services.tsa().url() + "\"]");
  }
  /// The one filed PDF below the repository.
  fs::path filedPdf() const {
    fs::path found;
    for (const auto& entry : fs::recursive_directory_iterator(path() / "repository")) {
      if (entry.path().extension() == ".pdf") found = std::max(found, entry.path());
    }
    return found;
  }
  json status() const { return json::parse(sohoa({"--json", "status"}).out); }
};

VerificationReport judge(const fs::path& file, const TestServices& services) {
  VerificationOptions options;
  options.at = options.now = SystemClock().now();
  options.revocation = VerificationOptions::Revocation::required;
  return verifyPdf(file, services.anchors(), options);
}

TEST(TimestampAuthorityThatIsDown, LetsTheDossierWaitAndTheNextRunFilesIt) {
  TestServices services;
  const SiteWithServices site(services, "B-LTA");
  const std::string code = dossierCode(1);
  site.put("lô", code, "001.jpg", scannedPage(1));
  site.close("lô");

  services.tsa().mood = TestTsa::Mood::hangsUp;
  const NightOutput first = site.run();
  EXPECT_EQ(first.result.exitCode, 3) << first.describe();
  EXPECT_EQ(first.outcome(code), "waiting") << first.describe();
  EXPECT_EQ(first.cause(code), "timestamp.unavailable");
  EXPECT_EQ(first.count("waiting"), 1);
  EXPECT_EQ(first.count("remaining"), 1);
  EXPECT_TRUE(first.event("summary").at("balances").get<bool>());
  EXPECT_TRUE(fs::exists(site.intake("lô") / code / "001.jpg")) << "the scans stay";
  EXPECT_TRUE(site.filedPdf().empty()) << "nothing is filed at a lower level";
  const json waiting = site.status().at("waiting_outside");
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].at("dossier"), code);
  EXPECT_EQ(waiting[0].at("cause"), "timestamp.unavailable");

  services.tsa().mood = TestTsa::Mood::honest;
  const NightOutput second = site.run();
  EXPECT_EQ(second.result.exitCode, 0) << second.describe();
  EXPECT_EQ(second.outcome(code), "filed") << second.describe();
  EXPECT_EQ(second.count("pages"), 0) << "it was read in the first night";
  EXPECT_EQ(site.status().at("waiting_outside").size(), 0u);
  const VerificationReport report = judge(site.filedPdf(), services);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  EXPECT_EQ(levelFromName(report.signatures.front().level), SignatureLevel::bLTA);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(TimestampAuthorityThatIsDown, DoesNotKeepADossierFromBeingExtendedLater) {
  TestServices services;
  const SiteWithServices site(services, "B-T");
  const std::string code = dossierCode(2);
  site.put("lô", code, "001.jpg", scannedPage(2));
  site.close("lô");
  const NightOutput night = site.run();
  ASSERT_EQ(night.outcome(code), "filed") << night.describe();

  services.tsa().mood = TestTsa::Mood::busy;
  const CommandResult refused = site.sohoa({"--json", "extend", code});
  EXPECT_EQ(refused.exitCode, 3) << refused.describe();
  EXPECT_EQ(json::parse(refused.out).at("cause"), "timestamp.unavailable");
  services.tsa().mood = TestTsa::Mood::honest;
  const CommandResult extended = site.sohoa({"--json", "extend", code});
  ASSERT_EQ(extended.exitCode, 0) << extended.describe();
  EXPECT_EQ(json::parse(extended.out).at("version"), 2);
  const json shown = json::parse(site.sohoa({"--json", "show", code}).out);
  EXPECT_EQ(shown.at("version"), 2);
  const VerificationReport report = judge(site.filedPdf(), services);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  EXPECT_EQ(levelFromName(report.signatures.front().level), SignatureLevel::bLTA) << toJson(report);
  EXPECT_EQ(site.auditFailure(), "");
  const CommandResult rebuilt = site.sohoa({"--json", "catalogue", "rebuild"});
  EXPECT_EQ(rebuilt.exitCode, 0) << rebuilt.describe();
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(TokenThatIsPulled, StopsTheRunAndTheNextRunGoesOn) {
  if (!SoftToken::isInstalled()) GTEST_SKIP() << "no SoftHSM2 on this machine";
  TestServices services;
  const SiteWithServices site(services, "B-T");
  SoftToken token({services.signer("RSA2048")}, services.ca());
  std::string toml = slurp(site / "sohoa.toml");
  toml.insert(toml.find("[signing]") + 9,
              "\npkcs11 = \"" + token.uri(1) + "\"\npin_file = \"keys/pin\"");
  spill(site / "sohoa.toml", toml);
  spill(site / "keys/pin", std::string(SoftToken::kPin) + "\n");
  for (int n = 1; n <= 3; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");

  // Between the first dossier's signature and its timestamp.
  int requests = 0;
  services.tsa().onRequest = [&] {
    if (++requests == 1) token.pull();
  };
  const NightOutput first = site.run();
  EXPECT_EQ(first.result.exitCode, 1) << first.describe();
  EXPECT_EQ(first.stoppedBy(), "key.gone") << first.describe();
  EXPECT_EQ(first.describe().find(SoftToken::kPin), std::string::npos);
  EXPECT_EQ(site.auditFailure(), "") << "nothing is half filed";

  const NightOutput still = site.run();
  EXPECT_EQ(still.result.exitCode, 1) << "the token is not back";
  EXPECT_TRUE(still.stoppedBy().starts_with("key.")) << still.describe();
  token.putBack();
  const NightOutput second = site.run();
  EXPECT_EQ(second.result.exitCode, 0) << second.describe();
  const json status = site.status();
  EXPECT_EQ(status.at("filed"), 3) << status.dump();
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(RevokedCertificate, StopsTheRunBeforeAnythingIsTouched) {
  TestServices services;
  const SiteWithServices site(services, "B-B");
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  services.revoked = true;
  const NightOutput night = site.run();
  EXPECT_EQ(night.result.exitCode, 1) << night.describe();
  EXPECT_EQ(night.stoppedBy(), "certificate.revoked");
  EXPECT_TRUE(fs::exists(site.intake("lô") / dossierCode(1) / "001.jpg"));
}

TEST(SignCommand, SignsAnyPdfAtTheLevelAskedForAndRefusesWithTheReason) {
  TestServices services;
  const SiteWithServices site(services, "B-B");
  TemporaryFolder folder;
  const std::string in = (folder / "in.pdf").string(), out = (folder / "out.pdf").string();
  spill(in, bornDigitalPdf());
  const std::string before = slurp(in);
  const CommandResult done = site.sohoa({"sign", in, "-o", out, "--level", "B-LTA", "--reason",
                                         "Kết quả giải quyết", "--digest", "SHA-384", "--pss"});
  ASSERT_EQ(done.exitCode, 0) << done.describe();
  const VerificationReport report = judge(out, services);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  EXPECT_EQ(levelFromName(report.signatures.front().level), SignatureLevel::bLTA);
  EXPECT_EQ(slurp(in), before);
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out}).exitCode, 2) << "an existing file is kept";

  fs::remove(out);
  spill(in, "no PDF at all");
  const CommandResult refused = site.sohoa({"--json", "sign", in, "-o", out});
  EXPECT_EQ(refused.exitCode, 3) << refused.describe();
  EXPECT_EQ(json::parse(refused.out).at("cause"), "pdf.damaged");
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(slurp(in), "no PDF at all");
}

}  // namespace
}  // namespace sohoa::test
