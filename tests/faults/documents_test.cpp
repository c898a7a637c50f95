#include <gmock/gmock.h>

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

/// A dossier with two results, a processing document and two papers that were handed in.
class DossierOfSeveralDocuments : public testing::Test {
 protected:
  void SetUp() override {
    const auto put = [&](const std::string& name) {
      site_.put("lô", code_, name, scannedPage(++seed_));
    };
    put("KQ1/001.jpg"), put("KQ1/002.jpg"), put("KQ2-001.jpg"), put("XL1-001.jpg");
    put("TP1 Đơn đề nghị/001.jpg"), put("TP2.jpg");
    site_.close("lô");
  }
  NightSite site_;
  std::string code_ = dossierCode(1);
  int seed_ = 0;
};

TEST_F(DossierOfSeveralDocuments, IsFiledAsOnePdfEachWithItsKind) {
  const NightOutput night = site_.run();
  ASSERT_EQ(night.result.exitCode, 0) << night.describe();
  const json record = shown(site_, code_);
  std::vector<std::string> kinds;
  for (const json& document : record.at("documents")) {
    kinds.push_back(document.at("code").get<std::string>().substr(code_.size() + 1) + " " +
                    document.value("kind", "result") + " " +
                    std::to_string(document.at("pages").size()) +
                    (document.at("signature").is_null() ? "" : " signed"));
  }
  EXPECT_THAT(
      kinds, testing::ElementsAre("KQ1 result 2 signed", "KQ2 result 1 signed",
                                  "XL1 processing 1 signed", "TP1 component 1", "TP2 component 1"));
  EXPECT_EQ(record.at("documents").at(3).at("title"), "Đơn đề nghị");
  EXPECT_TRUE(record.at("counted").get<bool>()) << record;

  const TemporaryFolder out;
  ASSERT_TRUE(site_.sohoa({"export", code_, "--to", out.path().string()}).ok());
  const fs::path object = out / code_;
  EXPECT_TRUE(fs::exists(object / "originals/KQ1/001.jpg"));
  EXPECT_TRUE(fs::exists(object / "originals/TP1 Đơn đề nghị/001.jpg"));
  const auto pages = [&](const std::string& document) {
    const auto facts = runCommand({"pdfinfo", object / "documents" / (code_ + document)});
    const auto at = facts.out.find("Pages:");
    return at == std::string::npos ? 0 : std::stoi(facts.out.substr(at + 6));
  };
  EXPECT_EQ(pages("-KQ1.pdf"), 2);
  EXPECT_EQ(pages("-TP2.pdf"), 1);
  const auto xmp = runCommand({"pdfinfo", "-meta", object / "documents" / (code_ + "-TP1.pdf")});
  EXPECT_THAT(xmp.out, testing::HasSubstr("<sohoa:documentKind>component<"));
  EXPECT_THAT(xmp.out, testing::HasSubstr("-TP1</dc:identifier>"));
}

TEST_F(DossierOfSeveralDocuments, IsVerifiedAuditedAndRebuilt) {
  ASSERT_EQ(site_.run().result.exitCode, 0);
  const CommandResult verified = site_.sohoa({"--json", "verify", code_});
  EXPECT_TRUE(verified.ok()) << verified.describe();
  EXPECT_EQ(json::parse(verified.out).at("files").size(), 3U);
  EXPECT_EQ(site_.auditFailure(), "");
  EXPECT_TRUE(site_.sohoa({"catalogue", "rebuild"}).ok());
  EXPECT_EQ(site_.auditFailure(), "");
  EXPECT_TRUE(site_.sohoa({"result", "status", code_ + "-KQ2"}).ok());
  EXPECT_FALSE(site_.sohoa({"result", "status", code_ + "-TP1"}).ok()) << "no result";
}

TEST(DossierOfPapersOnly, IsFiledAndNotCounted) {
  const NightSite site;
  site.put("lô", dossierCode(1), "TP1.jpg", scannedPage(1));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const json record = shown(site, dossierCode(1));
  EXPECT_FALSE(record.at("counted").get<bool>());
  EXPECT_EQ(record.at("not_counted_reason"), "no_result");
}

TEST(DossierWithALostDocument, WaitsForAPerson) {
  const NightSite site;
  site.put("lô", dossierCode(1), "KQ1.jpg", scannedPage(1));
  site.put("lô", dossierCode(1), "KQ3.jpg", scannedPage(2));
  site.put("lô", dossierCode(2), "001.jpg", scannedPage(3));
  site.put("lô", dossierCode(2), "KQ1.jpg", scannedPage(4));
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.outcome(dossierCode(1)), "held");
  EXPECT_EQ(night.cause(dossierCode(1)), "document.missing");
  EXPECT_EQ(night.outcome(dossierCode(2)), "quarantined");
  EXPECT_EQ(night.cause(dossierCode(2)), "document.ambiguous");
  EXPECT_TRUE(site.sohoa({"review", "accept", dossierCode(1), "--reason", "KQ2 ở tủ khác"}).ok());
  EXPECT_EQ(shown(site, dossierCode(1)).at("documents").size(), 2U);
}

}  // namespace
}  // namespace sohoa::test
