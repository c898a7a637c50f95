#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

/// The command line that runs `arguments` as somebody whom file modes bind: root is not.
std::vector<std::string> bound(std::vector<std::string> arguments) {
  if (::geteuid() != 0) return arguments;
  std::vector<std::string> all = {"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void giveAway(const fs::path& folder) {
  if (::geteuid() != 0) return;
  const passwd* nobody = ::getpwnam("nobody");
  ASSERT_NE(nobody, nullptr);
  ASSERT_EQ(::lchown(folder.c_str(), nobody->pw_uid, nobody->pw_gid), 0);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    ASSERT_EQ(::lchown(entry.path().c_str(), nobody->pw_uid, nobody->pw_gid), 0);
  }
}

TEST(UnreadableInput, IsPutAsideOrLeftAloneAndTheRestIsFiled) {
  const NightSite site;
  for (int n = 1; n <= 4; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.put("đóng", dossierCode(5), "001.jpg", scannedPage(5));
  site.put("bảng kê", dossierCode(6), "001.jpg", scannedPage(6));
  spill(site.intake("bảng kê") / "manifest-sha512.txt", "");
  for (const char* batch : {"lô", "đóng", "bảng kê"}) site.close(batch);
  const auto before = contentsOf(site.intake("lô"));
  giveAway(site.path());
  fs::permissions(site.path().parent_path(), fs::perms::others_exec | fs::perms::owner_all);
  const fs::path lot = site.intake("lô");
  fs::permissions(lot / dossierCode(2) / "001.jpg", fs::perms::none);
  fs::permissions(lot / dossierCode(3), fs::perms::none);
  fs::permissions(lot / dossierCode(4),
                  fs::perms::owner_read | fs::perms::owner_exec);  // read-only
  fs::permissions(site.intake("đóng"), fs::perms::none);
  fs::permissions(site.intake("bảng kê") / "manifest-sha512.txt", fs::perms::none);

  const NightOutput night = nightOutput(runCommand(bound(site.command({"--json", "run"}))));
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.outcome(dossierCode(1)), "filed");
  EXPECT_EQ(night.cause(dossierCode(2)), "file.unreadable");
  EXPECT_EQ(night.cause(dossierCode(3)), "file.unreadable");
  EXPECT_EQ(night.outcome(dossierCode(4)), "filed");
  EXPECT_EQ(night.count("left_alone"), 2);
  EXPECT_EQ(night.event("left_alone").at("why"), "không đọc được");
  EXPECT_TRUE(fs::exists(site / "quarantine/lô" / dossierCode(3) / "001.jpg"));
}

TEST(UnwritableIntake, StopsTheRunSaysWhereAndNothingIsFiledTwice) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder to somebody else";
  const NightSite site;
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  giveAway(site.path());
  fs::permissions(site.path().parent_path(), fs::perms::others_exec | fs::perms::owner_all);
  // The scanner's own user made the batch: it can be read, but its dossiers cannot leave it.
  ASSERT_EQ(::lchown(site.intake("lô").c_str(), 0, 0), 0);
  const auto run = [&] { return nightOutput(runCommand(bound(site.command({"--json", "run"})))); };
  for (int round = 0; round < 2; ++round) {
    const NightOutput night = run();
    EXPECT_EQ(night.result.exitCode, 1) << night.describe();
    EXPECT_EQ(night.stoppedBy(), "disk.error");
    EXPECT_NE(night.event("stopped").at("detail").get<std::string>().find(dossierCode(1)),
              std::string::npos);
  }
  giveAway(site.intake("lô"));
  const NightOutput cured = run();
  EXPECT_EQ(cured.result.exitCode, 0) << cured.describe();
  EXPECT_EQ(cured.count("filed"), 1);
  const nlohmann::json shown =
      nlohmann::json::parse(site.sohoa({"--json", "show", dossierCode(1)}).out);
  EXPECT_EQ(shown.at("version"), 1);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(UnwritableState, StopsTheRunBeforeItsFirstPage) {
  const NightSite site;
  giveAway(site.path());
  fs::permissions(site.path().parent_path(), fs::perms::others_exec | fs::perms::owner_all);
  fs::permissions(site / "state", fs::perms::owner_read | fs::perms::owner_exec);
  fs::permissions(site / "state/work", fs::perms::owner_read | fs::perms::owner_exec);
  const NightOutput night = nightOutput(runCommand(bound(site.command({"--json", "run"}))));
  EXPECT_EQ(night.result.exitCode, 1) << night.describe();
  EXPECT_EQ(night.stoppedBy(), "catalogue.unusable");
  EXPECT_NE(night.event("stopped").at("detail").get<std::string>().find("state"),
            std::string::npos);
}

}  // namespace
}  // namespace sohoa::test
