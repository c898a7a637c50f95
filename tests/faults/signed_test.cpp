#include <gtest/gtest.h>

#include "core/digest.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json shown(const NightSite& site, const std::string& code) {
  return json::parse(site.sohoa({"--json", "show", code}).out);
}

/// The bytes of the n-th document, wherever the repository keeps them.
std::string filedPdf(const NightSite& site, const std::string& code, int n) {
  const TemporaryFolder out;
  const CommandResult done = site.sohoa({"export", code, "--to", out.path().string()});
  if (!done.ok()) throw std::runtime_error(done.describe());
  return slurp(out / code / "documents" / (code + "-KQ" + std::to_string(n) + ".pdf"));
}

TEST(SignedPdf, IsFiledAsReceivedByteForByteAndNotCounted) {
  const NightSite site;
  const std::string first = dossierCode(1), second = dossierCode(2), mixed = dossierCode(3);
  site.put("lô", first, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const std::string pdf = filedPdf(site, first, 1);

  site.put("lô hai", second, "kết quả.pdf", pdf);
  site.put("lô hai", mixed, "001.jpg", scannedPage(3));
  site.put("lô hai", mixed, "kết quả.pdf", pdf);
  site.close("lô hai");
  const NightOutput night = site.run();
  ASSERT_EQ(night.result.exitCode, 0) << night.describe();
  EXPECT_EQ(filedPdf(site, second, 1), pdf);
  EXPECT_EQ(filedPdf(site, mixed, 2), pdf);

  const json alone = shown(site, second), both = shown(site, mixed);
  EXPECT_FALSE(alone.at("counted").get<bool>()) << alone;
  EXPECT_EQ(alone.at("not_counted_reason"), "as_received");
  EXPECT_EQ(alone.at("documents").at(0).at("origin"), "as_received");
  EXPECT_EQ(alone.at("documents").at(0).at("verdict"), "TOTAL-PASSED");
  EXPECT_TRUE(both.at("counted").get<bool>());

  const json report =
      json::parse(site.sohoa({"report", "--period", "2021", "--format", "json"}).out);
  EXPECT_EQ(report.at("total").at("digitised"), 2) << report;
  EXPECT_EQ(report.at("total").at("filed_not_counted"), 1);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(SignedPdf, ThatWasChangedIsHeldUntilAPersonAcceptsIt) {
  const NightSite site;
  const std::string first = dossierCode(1), second = dossierCode(2);
  site.put("lô", first, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  std::string pdf = filedPdf(site, first, 1);
  const std::size_t at = pdf.find("/MediaBox");
  ASSERT_NE(at, std::string::npos);
  pdf[pdf.find_first_of("123456789", at)] ^= 1;  // one digit of the page's size

  site.put("lô hai", second, "kết quả.pdf", pdf);
  site.close("lô hai");
  const NightOutput night = site.run();
  EXPECT_EQ(night.result.exitCode, 3) << night.describe();
  EXPECT_NE(
      site.sohoa({"review", "list"}).out.find("chữ ký số trên tệp PDF nhận được không hợp lệ"),
      std::string::npos)
      << site.sohoa({"review", "list"}).describe();
  ASSERT_TRUE(site.sohoa({"review", "accept", second, "--reason", "bản gốc hỏng"}).ok());
  ASSERT_EQ(site.run().result.exitCode, 0);
  EXPECT_EQ(shown(site, second).at("documents").at(0).at("verdict"), "TOTAL-FAILED");
}

TEST(SignedPdf, OfAForeignSignerIsFiledWithItsVerdict) {
  const auto foreign = fixture("signed-pdf/minimal-two-fields-signed-twice.pdf");
  if (!foreign) GTEST_SKIP() << noFixture("signed-pdf/minimal-two-fields-signed-twice.pdf");
  const NightSite site;
  const std::string code = dossierCode(1);
  site.put("lô", code, "kết quả.pdf", slurp(*foreign));
  site.put("lô", dossierCode(2), "001.jpg", scannedPage(2));
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.result.exitCode, 0) << night.describe();
  EXPECT_EQ(filedPdf(site, code, 1), slurp(*foreign));
  EXPECT_NE(shown(site, code).at("documents").at(0).at("verdict"), "TOTAL-PASSED");
  // Not trusted from the first day: a warning to an auditor, not news.
  const CommandResult audit = site.sohoa({"--json", "audit", "--full"});
  EXPECT_EQ(audit.exitCode, 0) << audit.describe();
  EXPECT_EQ(site.sohoa({"verify", code}).exitCode, 3);
}

TEST(SignedPdf, ThatKillsTheVerifierIsQuarantinedAndTheRestIsFiled) {
  const NightSite site;
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  site.put("lô hai", dossierCode(2), "ác ý.pdf", filedPdf(site, dossierCode(1), 1));
  site.put("lô hai", dossierCode(3), "001.jpg", scannedPage(3));
  site.close("lô hai");
  const auto before = contentsOf(site.intake("lô hai"));
  CommandOptions options;
  options.env["SOHOA_TEST_WORKER_FAULT"] = "crash@check:ác ý";
  const NightOutput night = site.run({}, options);
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.cause(dossierCode(2)), "pdf.damaged");
  EXPECT_EQ(night.outcome(dossierCode(3)), "filed");
}

/// A page as an office scanner makes it, signed by the person who scanned it, at the top left, with
/// a key of theirs that `site` trusts.
std::string signedScan(const NightSite& site, const NightSite& person, int seed) {
  const TemporaryFolder folder;
  spill(folder / "scan.pdf", scannedPdf(scannedPage(seed)));
  for (const fs::directory_entry& root : fs::directory_iterator(person / "trust")) {
    if (!site.sohoa({"trust", "add", root.path().string()}).ok()) throw std::runtime_error("trust");
  }
  const CommandResult done =
      site.sohoa({"sign", (folder / "scan.pdf").string(), "-o", (folder / "signed.pdf").string(),
                  "--appearance", "scan", "--pkcs12", (person / "keys/agency.p12").string(),
                  "--secret-file", (person / "keys/agency.password").string()});
  if (!done.ok()) throw std::runtime_error(done.describe());
  return slurp(folder / "signed.pdf");
}

/// The common name of the person's certificate.
std::string nameOfSigner(const NightSite& site, const std::string& pdf) {
  const TemporaryFolder folder;
  spill(folder / "a.pdf", pdf);
  const json report =
      json::parse(site.sohoa({"--json", "verify", (folder / "a.pdf").string()}).out);
  const std::string subject =
      report.at("files").at(0).at("signatures").at(0).at("signer").get<std::string>();
  const std::size_t at = subject.find("CN=") + 3;
  return subject.substr(at, subject.find(',', at) - at);
}

TEST(ScanSignedByWhoScanned, IsReadSignedByTheAgencyAfterThemAndCounted) {
  const NightSite site, person;
  const std::string pdf = signedScan(site, person, 1);
  site.configure("signers", "[\"" + nameOfSigner(site, pdf) + "\"]");
  const std::string code = dossierCode(1);
  site.put("lô", code, "KQ1.pdf", pdf);
  site.put("lô", code, "TP1 Đơn.pdf", signedScan(site, person, 2));
  site.close("lô");
  const NightOutput night = site.run();
  ASSERT_EQ(night.result.exitCode, 0) << night.describe();

  const json record = shown(site, code);
  EXPECT_TRUE(record.at("counted").get<bool>()) << record;
  const json& result = record.at("documents").at(0);
  EXPECT_EQ(result.at("origin"), "digitised");
  EXPECT_EQ(result.at("verdict"), "TOTAL-PASSED");
  EXPECT_EQ(result.at("fields").at("scan_signer").at("source"), "signature");
  EXPECT_GT(result.at("pages").at(0).at("words").get<int>(), 5) << "it was not read";
  const std::string filed = filedPdf(site, code, 1);
  ASSERT_GT(filed.size(), pdf.size());
  EXPECT_TRUE(filed.starts_with(pdf)) << "the person's signature must stay as it was";
  const TemporaryFolder out;
  spill(out / "filed.pdf", filed);
  const json report =
      json::parse(site.sohoa({"--json", "verify", (out / "filed.pdf").string()}).out);
  const json& signatures = report.at("files").at(0).at("signatures");
  ASSERT_EQ(signatures.size(), 2U) << report;
  for (const json& one : signatures) EXPECT_EQ(one.at("indication"), "TOTAL-PASSED") << one;
  EXPECT_NE(signatures.at(0).at("serial"), signatures.at(1).at("serial"));

  // A component is not the agency's to sign: it stays the person's.
  ASSERT_TRUE(site.sohoa({"export", code, "--to", out.path().string()}).ok());
  EXPECT_EQ(slurp(out / code / "documents" / (code + "-TP1.pdf")),
            slurp(out / code / "originals" / "TP1 Đơn.pdf"));
  EXPECT_TRUE(fs::exists(out / code / "text" / (code + "-TP1") / "p0001.alto.xml"));
  EXPECT_TRUE(site.sohoa({"export", code, "--access", "--to", out.path().string()}).ok());
  EXPECT_EQ(site.auditFailure(), "");
  EXPECT_TRUE(site.sohoa({"catalogue", "rebuild"}).ok());
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(ScanSignedByWhoScanned, IsFiledAsReceivedWithTheReasonWhenNobodyNamedThem) {
  const NightSite site, person;
  site.configure("signers", "[\"Người khác\"]");
  site.put("lô", dossierCode(1), "KQ1.pdf", signedScan(site, person, 1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const json record = shown(site, dossierCode(1));
  EXPECT_FALSE(record.at("counted").get<bool>());
  EXPECT_EQ(record.at("not_counted_reason"), "as_received.signer");
  EXPECT_NE(site.sohoa({"--lang", "en", "show", dossierCode(1)}).out.find("scan.signers"),
            std::string::npos);
}

TEST(ExportedDossier, HasTheBytesOfTheRepository) {
  const NightSite site;
  const std::string code = dossierCode(1);
  site.put("lô", code, "001.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const fs::path to = site / "xuất ra";
  const CommandResult done = site.sohoa({"--json", "export", code, "--to", to.string()});
  ASSERT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(treeOf(to / code), treeOf(site.objectPlace(code) / "v1/content"));
  EXPECT_EQ(slurp(to / code / "originals/001.jpg"), scannedPage(1));
  EXPECT_EQ(site.sohoa({"export", code, "--to", to.string()}).exitCode, 2);  // it is there already
  EXPECT_EQ(site.sohoa({"export", dossierCode(2)}).exitCode, 2);             // not filed
}

}  // namespace
}  // namespace sohoa::test
