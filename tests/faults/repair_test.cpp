#include <gtest/gtest.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A site with one filed dossier, ready to be damaged.
class DamagedSite : public testing::Test {
 protected:
  void SetUp() override {
    site_.put("lô", code_, "001.jpg", scannedPage(1));
    site_.close("lô");
    const NightOutput night = site_.run();
    ASSERT_EQ(night.result.exitCode, 0) << night.describe();
    ASSERT_EQ(site_.auditFailure(), "");
  }

  /// A further dossier in intake, so that there is something to do.
  void addDossier() const {
    site_.put("lô hai", dossierCode(2), "001.jpg", scannedPage(2));
    site_.close("lô hai");
  }

  std::set<std::string> auditFindings() const {
    const CommandResult audit = site_.sohoa({"--json", "audit", "--full"});
    EXPECT_EQ(audit.exitCode, 3) << audit.describe();
    std::set<std::string> codes;
    for (const json& line : jsonLines(audit.out)) {
      if (line.at("event") == "finding") codes.insert(line.at("code"));
    }
    return codes;
  }

  void swapByte(const fs::path& file) const {
    std::string bytes = slurp(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    spill(file, bytes);
  }

  NightSite site_;
  const std::string code_ = dossierCode(1);
};

TEST_F(DamagedSite, WithAForeignCatalogueFileStopsAndARebuildRepairsIt) {
  for (const char* suffix : {"-wal", "-shm"})
    fs::remove(site_ / (std::string("state/catalogue.sqlite") + suffix));
  spill(site_ / "state/catalogue.sqlite", std::string(8192, 'x'));
  addDossier();
  const auto intake = treeOf(site_ / "intake");
  const NightOutput stopped = site_.run();
  EXPECT_EQ(stopped.result.exitCode, 1) << stopped.describe();
  EXPECT_EQ(stopped.stoppedBy(), "catalogue.unusable");
  EXPECT_EQ(treeOf(site_ / "intake"), intake);

  const CommandResult rebuilt = site_.sohoa({"--json", "catalogue", "rebuild"});
  EXPECT_EQ(rebuilt.exitCode, 3) << rebuilt.describe();  // it says that the old one was no good
  EXPECT_TRUE(fs::exists(site_ / "state/catalogue.sqlite.old"));
  EXPECT_EQ(site_.run().outcome(dossierCode(2)), "filed");
  EXPECT_EQ(site_.auditFailure(), "");
}

TEST_F(DamagedSite, WithoutACatalogueIsReportedAndARebuildRepairsIt) {
  for (const char* suffix : {"", "-wal", "-shm"})
    fs::remove(site_ / (std::string("state/catalogue.sqlite") + suffix));
  EXPECT_EQ(auditFindings(), std::set<std::string>{"catalogue"});
  EXPECT_FALSE(fs::exists(site_ / "state/catalogue.sqlite"));  // an audit changes nothing
  EXPECT_EQ(site_.sohoa({"catalogue", "rebuild"}).exitCode, 0);
  EXPECT_EQ(site_.auditFailure(), "");
}

TEST_F(DamagedSite, WithALedgerLineCutOffByACrashGoesOn) {
  const fs::path ledger = site_ / "state/ledger.jsonl";
  const std::string whole = slurp(ledger);
  spill(ledger, whole + whole.substr(0, 90));  // the start of one more entry
  addDossier();
  EXPECT_EQ(site_.run().outcome(dossierCode(2)), "filed");
  EXPECT_TRUE(slurp(ledger).starts_with(whole));
  EXPECT_EQ(site_.auditFailure(), "");
}

TEST_F(DamagedSite, WithATamperedLedgerIsFoundOutByTheAudit) {
  const fs::path ledger = site_ / "state/ledger.jsonl";
  const std::string whole = slurp(ledger);
  const std::size_t last = whole.rfind('\n', whole.size() - 2);
  for (const std::size_t at :
       {whole.find("\"subject\""), whole.rfind("\"subject\"", last), whole.rfind(code_)}) {
    ASSERT_NE(at, std::string::npos);
    std::string text = whole;
    text[at + 12] = text[at + 12] == '1' ? '2' : '1';
    spill(ledger, text);
    EXPECT_TRUE(auditFindings().contains("ledger")) << at;
  }
  spill(ledger, whole);
  EXPECT_EQ(site_.auditFailure(), "");
}

TEST_F(DamagedSite, WithItsLastLedgerEntryTamperedStopsBeforeItAddsToIt) {
  const fs::path ledger = site_ / "state/ledger.jsonl";
  std::string text = slurp(ledger);
  text.replace(text.rfind("\"subject\":\"") + 11, 1, "X");
  spill(ledger, text);
  addDossier();
  const NightOutput stopped = site_.run();
  EXPECT_EQ(stopped.result.exitCode, 1) << stopped.describe();
  EXPECT_EQ(stopped.stoppedBy(), "ledger.broken");
}

TEST_F(DamagedSite, WithASwappedByteInAnOriginalIsFoundOutByTheFullAudit) {
  const fs::path original = site_.objectPlace(code_) / "v1/content/originals/001.jpg";
  swapByte(original);
  const auto findings = auditFindings();
  EXPECT_TRUE(findings.contains("E092") || findings.contains("E093"))
      << testing::PrintToString(findings);
  EXPECT_TRUE(findings.contains("pages"));        // the hash in metadata.json says so too
  EXPECT_EQ(site_.sohoa({"audit"}).exitCode, 0);  // which reads sizes only, and says so
  const CommandResult exported =
      site_.sohoa({"--json", "export", code_, "--to", (site_ / "out").string()});
  EXPECT_EQ(exported.exitCode, 1) << exported.describe();
  EXPECT_EQ(nightOutput(exported).stoppedBy(), "repository.damaged");
}

TEST_F(DamagedSite, WithASwappedByteInASignedPdfIsFoundOutByItsSignatureToo) {
  swapByte(site_.objectPlace(code_) / "v1/content/documents" / (code_ + "-KQ1.pdf"));
  const auto findings = auditFindings();
  EXPECT_TRUE(findings.contains("signature")) << testing::PrintToString(findings);
  EXPECT_EQ(site_.sohoa({"verify", code_}).exitCode, 3);
}

TEST_F(DamagedSite, WithAMissingFileIsFoundOutByTheShortAuditToo) {
  fs::remove(site_.objectPlace(code_) / "v1/content/originals/001.jpg");
  const CommandResult audit = site_.sohoa({"--json", "audit"});
  EXPECT_EQ(audit.exitCode, 3) << audit.describe();
}

TEST_F(DamagedSite, WithDamagedMetadataStopsInsteadOfGuessing) {
  spill(site_.objectPlace(code_) / "v1/content/metadata.json", "{}");
  site_.put("lô hai", code_, "001.jpg", scannedPage(1));
  site_.close("lô hai");
  const NightOutput stopped = site_.run();
  EXPECT_EQ(stopped.result.exitCode, 1) << stopped.describe();
  EXPECT_EQ(stopped.stoppedBy(), "repository.damaged");
  EXPECT_TRUE(auditFindings().contains("pages"));
}

}  // namespace
}  // namespace sohoa::test
