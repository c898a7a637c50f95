#include <gtest/gtest.h>

#include <memory>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

const std::string kBatch = "lô tối";

/// One batch with every kind of bad dossier folder, one good dossier, and an intake with folders
/// that are no closed batches; one run over it.
class BadFolders : public testing::Test {
 protected:
  struct Night {
    NightSite site;
    NightOutput output;
    std::string broken;
  };

  static void SetUpTestSuite() {
    night_ = std::make_unique<Night>();
    const NightSite& site = night_->site;
    int seed = 0;
    const auto page = [&] { return scannedPage(++seed); };
    site.put(kBatch, dossierCode(1), "001.jpg", page());
    site.put(kBatch, dossierCode(99), "001.jpg", page());  // not in the register
    site.put(kBatch, "Hồ sơ của ông An", "001.jpg", page());
    site.put(kBatch, "000.00.12.H46-211301-0001", "001.jpg", page());  // no such month
    site.put(kBatch, dossierCode(2), "001.jpg", page());
    site.put(kBatch, "000.00.12.h46-210901-0002", "001.jpg", page());
    site.put(kBatch, "không\xFF", "001.jpg", page());
    site.put(kBatch, "không\\xFF", "001.jpg", page());  // these very characters
    site.put(kBatch, "..H46", "001.jpg", page());
    site.put(kBatch, std::string(255, 'D'), "001.jpg", page());
    fs::create_directories(site.intake(kBatch) / dossierCode(3));  // empty
    const fs::path outside = site / "elsewhere";
    spill(outside / "001.jpg", page());
    fs::create_directory_symlink(outside, site.intake(kBatch) / dossierCode(4));
    spill(site.intake(kBatch) / "ghi chú.txt", "giao cho phòng một cửa");
    spill(site.intake(kBatch) / "x\xFE.jpg", page());
    spill(site.intake(kBatch) / (dossierCode(99) + ".reason.txt"), "dragged back from quarantine");
    spill(site.intake(kBatch) / "Thumbs.db", "thumbnails");
    site.close(kBatch);

    site.put("đang quét", dossierCode(5), "001.jpg", page());  // no .done
    site.put("tên~sai", dossierCode(6), "001.jpg", page());
    site.close("tên~sai");
    site.put(std::string(250, 'b'), dossierCode(6), "001.jpg", page());
    site.close(std::string(250, 'b'));
    fs::create_directory_symlink(outside, site / "intake/liên kết");
    spill(site / "intake/quên.jpg", page());

    const auto before = contentsOf(site.intake(kBatch));
    night_->output = site.run();
    night_->broken = brokenPromises(site, night_->output, before);
  }
  static void TearDownTestSuite() { night_.reset(); }

  static std::string quarantinedFor(const std::string& folder) {
    const std::string outcome = night_->output.outcome(folder);
    return outcome == "quarantined" ? night_->output.cause(folder) : outcome;
  }
  static std::string reasonLeftAlone(const std::string& folder) {
    for (const auto& line : night_->output.lines) {
      if (line.value("event", "") == "left_alone" && line.at("folder") == folder)
        return line.at("why");
    }
    return "not left alone";
  }

  static std::unique_ptr<Night> night_;
};
std::unique_ptr<BadFolders::Night> BadFolders::night_;

TEST_F(BadFolders, AreEachQuarantinedForTheirOwnReason) {
  EXPECT_EQ(quarantinedFor(dossierCode(99)), "dossier.unknown");
  EXPECT_EQ(quarantinedFor("Hồ sơ của ông An"), "dossier.code");
  EXPECT_EQ(quarantinedFor("000.00.12.H46-211301-0001"), "dossier.code");
  EXPECT_EQ(quarantinedFor(dossierCode(2)), "dossier.duplicate");
  EXPECT_EQ(quarantinedFor("000.00.12.h46-210901-0002"), "dossier.duplicate");
  EXPECT_EQ(quarantinedFor("không\\xFF"), "dossier.code");
  EXPECT_EQ(quarantinedFor("không\\x5CxFF"), "dossier.code");
  EXPECT_EQ(quarantinedFor("..H46"), "dossier.code");
  EXPECT_EQ(quarantinedFor(std::string(255, 'D')), "dossier.code");
  EXPECT_EQ(quarantinedFor(dossierCode(3)), "dossier.empty");
  EXPECT_EQ(quarantinedFor(dossierCode(4)), "file.symlink");
  EXPECT_EQ(quarantinedFor("ghi chú.txt"), "file.stray");
  EXPECT_EQ(quarantinedFor("x\\xFE.jpg"), "file.stray");
  EXPECT_EQ(quarantinedFor(dossierCode(99) + ".reason.txt"), "file.stray");
}

TEST_F(BadFolders, CostTheRestOfTheBatchNothing) {
  EXPECT_EQ(night_->broken, "");
  EXPECT_EQ(night_->output.outcome(dossierCode(1)), "filed");
  EXPECT_EQ(night_->output.count("received"), 15) << night_->output.describe();
  EXPECT_EQ(night_->output.count("filed"), 1);
  EXPECT_EQ(night_->output.count("quarantined"), 14);
  EXPECT_FALSE(fs::exists(night_->site.intake(kBatch)));
  EXPECT_EQ(night_->site.auditFailure(), "");
}

TEST_F(BadFolders, ThatAreLinksAreMovedAndNotFollowed) {
  EXPECT_TRUE(
      fs::is_symlink(fs::symlink_status(night_->site / "quarantine" / kBatch / dossierCode(4))));
  EXPECT_TRUE(fs::exists(night_->site / "elsewhere/001.jpg"));
}

TEST_F(BadFolders, ThatAreNoClosedBatchesAreLeftAloneAndNamed) {
  EXPECT_EQ(reasonLeftAlone("đang quét"),
            "lô còn đang được ghi (chưa có .done, chưa có bảng kê đầy đủ)");
  EXPECT_EQ(reasonLeftAlone("tên~sai"), "tên này không dùng được cho một lô");
  EXPECT_EQ(reasonLeftAlone(std::string(250, 'b')), "tên này không dùng được cho một lô");
  EXPECT_EQ(reasonLeftAlone("liên kết"), "đây không phải là thư mục lô");
  EXPECT_EQ(reasonLeftAlone("quên.jpg"), "đây không phải là thư mục lô");
  EXPECT_EQ(night_->output.count("left_alone"), 5);
  EXPECT_TRUE(fs::exists(night_->site.intake("đang quét") / dossierCode(5) / "001.jpg"));
}

}  // namespace
}  // namespace sohoa::test
