#include <gtest/gtest.h>

#include "signing/verify/report_json.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"
#include "tests/signing/soft_token.h"
#include "tests/signing/stamp_png.h"
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

TEST(ScanSignedByWhoScanned, IsSignedAfterThemAtTheHighestLevelAndBothHold) {
  TestServices services;
  const SiteWithServices site(services, "B-LTA");
  writePkcs12(site / "person.p12", "secret", services.signer("P-256"), services.ca());
  spill(site / "scan.pdf", scannedPdf(scannedPage(1)));
  const fs::path signedByPerson = site / "signed.pdf";
  const CommandResult done = site.sohoa(
      {"sign", (site / "scan.pdf").string(), "-o", signedByPerson.string(), "--appearance", "scan",
       "--level", "B-B", "--pkcs12", (site / "person.p12").string(), "--secret-file",
       (site / "keys/agency.password").string()});
  ASSERT_TRUE(done.ok()) << done.describe();
  site.configure("signers", "[\"DEMO Services Signer\"]");
  const std::string code = dossierCode(1);
  site.put("lô", code, "KQ1.pdf", slurp(signedByPerson));
  site.close("lô");
  const NightOutput night = site.run();
  ASSERT_EQ(night.result.exitCode, 0) << night.describe();
  const fs::path filed = site.objectPlace(code) / "v1/content/documents" / (code + "-KQ1.pdf");
  EXPECT_TRUE(slurp(filed).starts_with(slurp(signedByPerson)));
  const VerificationReport report = judge(filed, services);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  ASSERT_EQ(report.signatures.size(), 3U) << toJson(report);  // the last one: the timestamp
  EXPECT_NE(report.signatures[0].serial, report.signatures[1].serial);
  for (const int n : {0, 1}) {
    const SignatureReport& one = report.signatures[static_cast<std::size_t>(n)];
    EXPECT_EQ(levelFromName(one.level), SignatureLevel::bLTA) << toJson(report);
  }
  EXPECT_EQ(site.auditFailure(), "");
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

TEST(TimestampAuthorityThatIsDown, ForAMomentCostsNoDossierItsNight) {
  TestServices services;
  const SiteWithServices site(services, "B-T");
  site.configure("rest_seconds", "0");
  for (int n = 1; n <= 3; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  // The first dossier finds nobody; the second one a server that is back.
  int requests = 0;
  services.tsa().onRequest = [&] {
    services.tsa().mood = ++requests == 1 ? TestTsa::Mood::hangsUp : TestTsa::Mood::honest;
  };
  const NightOutput night = site.run();
  EXPECT_EQ(night.result.exitCode, 0) << night.describe();
  EXPECT_EQ(night.count("filed"), 3) << night.describe();
  EXPECT_EQ(night.count("waiting"), 0);
  EXPECT_EQ(requests, 5) << "one in vain, one a dossier, and one for the anchor of the day";
  int tokens = 0;
  for (const auto& entry : std::filesystem::directory_iterator(site.path() / "state/anchors")) {
    tokens += entry.path().extension() == ".tst" ? 1 : 0;
  }
  EXPECT_EQ(tokens, 1);
  EXPECT_EQ(site.status().at("waiting_outside").size(), 0u);
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

TEST(ArchiveTimestamps, AreRenewedBeforeTheAuthoritysCertificateEnds) {
  using namespace std::chrono_literals;
  TestServices services(SystemClock().now() + 30 * 24h);
  const SiteWithServices site(services, "B-LTA");
  const std::string code = dossierCode(3);
  site.put("lô", code, "001.jpg", scannedPage(3));
  site.close("lô");
  ASSERT_EQ(site.run().outcome(code), "filed");
  const auto summary = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--json", "extend", "--due"});
    const CommandResult said = site.sohoa(arguments);
    return std::pair(jsonLines(said.out), said);
  };
  const auto [none, quiet] = summary({"--days", "10"});
  EXPECT_EQ(quiet.exitCode, 0) << quiet.describe();
  EXPECT_EQ(none.back().at("due"), 0);
  const auto [listed, list] = summary({"--list"});
  EXPECT_EQ(list.exitCode, 0) << list.describe();
  ASSERT_EQ(listed.back().at("due"), 1) << "within 90 days, as sohoa.toml says";
  EXPECT_EQ(listed.front().at("dossier"), code);
  EXPECT_EQ(listed.back().at("renewed"), 0);

  services.tsa().mood = TestTsa::Mood::busy;
  const auto [waiting, down] = summary({"--days", "60"});
  EXPECT_EQ(down.exitCode, 3) << down.describe();
  EXPECT_EQ(waiting.back().at("renewed"), 0);

  // The authority has a new certificate by now.
  const auto next = services.newTsa(*parseIsoTime("2030-01-01T00:00:00Z"));
  site.configure("urls", "[\"" + next->url() + "\"]");
  const auto [renewed, done] = summary({"--days", "60"});
  EXPECT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(renewed.back().at("renewed"), 1) << done.describe();
  const json shown = json::parse(site.sohoa({"--json", "show", code}).out);
  EXPECT_EQ(shown.at("version"), 2);
  EXPECT_NE(slurp(site / "state/ledger.jsonl").find("dossier.extended"), std::string::npos);
  const VerificationReport report = judge(site.filedPdf(), services);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  EXPECT_EQ(report.signatures.size(), 3u) << "signature, old and new archive timestamp";
  const auto [again, nothing] = summary({"--days", "60"});
  EXPECT_EQ(again.back().at("due"), 0) << nothing.describe();
  EXPECT_EQ(site.auditFailure(), "");
  EXPECT_EQ(site.sohoa({"extend", "--due", code}).exitCode, 2);
  EXPECT_EQ(site.sohoa({"extend"}).exitCode, 2);
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

TEST(SignCommand, ShowsWhatTheCaseAsksForAndTakesPersonsKeysAlone) {
  TestServices services;
  const SiteWithServices site(services, "B-B");
  TemporaryFolder folder;
  const std::string in = (folder / "in.pdf").string();
  const auto out = [&](const char* name) { return (folder / name).string(); };
  const auto text = [](const std::string& pdf) { return runCommand({"pdftotext", pdf, "-"}).out; };
  spill(in, bornDigitalPdf());
  spill(folder / "seal.png", sealPng().bytes());
  writePkcs12(folder / "own.p12", "own secret", services.signer("P-256"), services.ca());
  spill(folder / "own.secret", "own secret\n");

  EXPECT_EQ(site.sohoa({"sign", in, "-o", out("a.pdf"), "--appearance", "scan"}).exitCode, 2)
      << "never with the agency's key";
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out("a.pdf"), "--appearance", "attachment"}).exitCode, 2);
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out("a.pdf"), "--appearance", "agency"}).exitCode, 2);
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out("a.pdf"), "--appearance", "other"}).exitCode, 2);

  const CommandResult scan = site.sohoa({"sign", in, "-o", out("scan.pdf"), "--appearance", "scan",
                                         "--pkcs12", (folder / "own.p12").string(), "--secret-file",
                                         (folder / "own.secret").string()});
  ASSERT_EQ(scan.exitCode, 0) << scan.describe();
  EXPECT_NE(text(out("scan.pdf")).find("DEMO Services Signer\n20"), std::string::npos);

  const CommandResult attachment =
      site.sohoa({"sign", in, "-o", out("attachment.pdf"), "--appearance", "attachment", "--number",
                  "123/QĐ-STNMT"});
  ASSERT_EQ(attachment.exitCode, 0) << attachment.describe();
  EXPECT_NE(text(out("attachment.pdf")).find("123/QĐ-STNMT\n20"), std::string::npos);

  const CommandResult agency =
      site.sohoa({"sign", in, "-o", out("agency.pdf"), "--appearance", "agency", "--image",
                  (folder / "seal.png").string(), "--page", "last", "--at", "120,200"});
  ASSERT_EQ(agency.exitCode, 0) << agency.describe();
  EXPECT_NE(runCommand({"pdfimages", "-list", out("agency.pdf")}).out.find("icc"),
            std::string::npos);
  for (const char* name : {"scan.pdf", "attachment.pdf", "agency.pdf"}) {
    const VerificationReport report =
        verifyPdf(out(name), services.anchors(),
                  {.at = SystemClock().now(),
                   .now = SystemClock().now(),
                   .revocation = VerificationOptions::Revocation::available,
                   .fetched = {}});
    EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  }
}

TEST(SignCommand, TakesASecretFromAFileOrACredentialAlone) {
  TestServices services;
  const SiteWithServices site(services, "B-B");
  TemporaryFolder folder;
  const std::string in = (folder / "in.pdf").string(), out = (folder / "out.pdf").string();
  spill(in, bornDigitalPdf());
  const std::string container = (folder / "own.p12").string();
  writePkcs12(container, "own secret", services.signer("P-256"), services.ca());
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out, "--pkcs12", container}).exitCode, 2);
  EXPECT_EQ(site.sohoa({"sign", in, "-o", out, "--pkcs12", container, "--password", "own secret"})
                .exitCode,
            2);
  spill(folder / "credentials/own", "own secret");
  CommandOptions systemd;
  systemd.env["CREDENTIALS_DIRECTORY"] = (folder / "credentials").string();
  const CommandResult done = site.sohoa(
      {"sign", in, "-o", out, "--pkcs12", container, "--secret-file", "credential:own"}, systemd);
  EXPECT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(done.describe().find("own secret"), std::string::npos);
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
