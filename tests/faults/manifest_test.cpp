#include <fmt/core.h>
#include <gtest/gtest.h>

#include "core/digest.h"
#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

std::string line(const std::string& bytes, const std::string& name) {
  return sha512(bytes).hex() + "  " + name + "\n";
}

std::string kindOfLeftAlone(const NightOutput& night) {
  return night.event("left_alone").at("why").get<std::string>();
}

TEST(Manifest, CatchesWhatDiffersFromItAndTheRestIsFiled) {
  const NightSite site;
  const auto page = [](int n) { return scannedPage(n); };
  std::string manifest;
  for (int n = 1; n <= 4; ++n) site.put("lô", dossierCode(n), "001.jpg", page(n));
  site.put("lô", dossierCode(1), "Thumbs.db", "thumbnails");
  manifest += line(page(1), "./" + dossierCode(1) + "/001.jpg");
  manifest += line("thumbnails", dossierCode(1) + "/Thumbs.db");
  manifest += line(page(99), dossierCode(2) + "/001.jpg");  // other content
  manifest += line(page(3), dossierCode(3) + "/001.jpg");
  manifest += line(page(33), dossierCode(3) + "/002.jpg");     // is not there
  manifest += line(page(5), dossierCode(5) + "/001.jpg");      // nor this whole dossier
  spill(site.intake("lô") / "manifest-sha512.txt", manifest);  // dossier 4 is not in it
  site.close("lô");

  const auto before = contentsOf(site.intake("lô"));
  const NightOutput night = site.run();
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.outcome(dossierCode(1)), "filed");
  EXPECT_EQ(night.cause(dossierCode(2)), "manifest.mismatch");
  EXPECT_EQ(night.cause(dossierCode(3)), "manifest.missing");
  EXPECT_EQ(night.cause(dossierCode(4)), "manifest.missing");
  EXPECT_EQ(night.cause(dossierCode(5)), "manifest.missing");
  EXPECT_EQ(night.count("received"), 5);
  EXPECT_EQ(night.count("quarantined"), 4);
  EXPECT_TRUE(fs::exists(site / "quarantine/lô" / (dossierCode(5) + ".reason.txt")));
  EXPECT_TRUE(fs::is_empty(site / "intake"));
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(Manifest, ClosesTheBatchOnlyOnceAllItNamesIsThere) {
  const NightSite site;
  const std::string manifest = line(scannedPage(1), dossierCode(1) + "/001.jpg") +
                               line(scannedPage(2), dossierCode(1) + "/002.jpg");
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  spill(site.intake("lô") / "manifest-sha512.txt", manifest);
  const NightOutput early = site.run();
  EXPECT_EQ(early.result.exitCode, 0) << early.describe();
  EXPECT_EQ(early.count("received"), 0);
  EXPECT_EQ(kindOfLeftAlone(early), "lô còn đang được ghi (chưa có .done, chưa có bảng kê đầy đủ)");

  site.put("lô", dossierCode(1), "002.jpg", scannedPage(2));
  spill(site.intake("lô") / "manifest-sha512.txt", manifest);  // newer than the files
  const NightOutput complete = site.run();
  EXPECT_EQ(complete.outcome(dossierCode(1)), "filed") << complete.describe();
}

TEST(BatchOption, RunsThatBatchAloneAndSaysWhenThereIsNone) {
  const NightSite site;
  for (const char* batch : {"một", "hai"}) {
    site.put(batch, dossierCode(batch[0] == 'h' ? 2 : 1), "001.jpg", "");
    site.close(batch);
  }
  const NightOutput one = site.run({"--batch", "hai"});
  EXPECT_EQ(one.count("received"), 1);
  EXPECT_EQ(one.cause(dossierCode(2)), "file.empty");
  EXPECT_TRUE(fs::exists(site.intake("một") / dossierCode(1) / "001.jpg"));
  const NightOutput none = site.run({"--batch", "ba"});
  EXPECT_EQ(none.count("received"), 0);
  EXPECT_EQ(kindOfLeftAlone(none), "không có lô này trong intake");
}

}  // namespace
}  // namespace sohoa::test
