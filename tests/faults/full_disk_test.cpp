#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <thread>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

/// A disk of its own in memory; needs the right to mount.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    fs::create_directory(folder_ / "disk");
    mounted_ = ::mount("tmpfs", path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    if (!mounted_) why_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  const std::string& why() const { return why_; }
  fs::path path() const { return folder_ / "disk"; }
  /// Leaves about `left` bytes free.
  void fill(std::uintmax_t left) const {
    std::ofstream out(path() / "filler", std::ios::binary | std::ios::app);
    const std::string piece(1 << 12, 'x');
    while (out && fs::space(path()).available > left) out << piece << std::flush;
  }
  void drain() const { fs::remove(path() / "filler"); }

 private:
  TemporaryFolder folder_;
  bool mounted_ = false;
  std::string why_;
};

NightSite::Options on(const SmallDisk& disk) {
  NightSite::Options options;
  options.folder = disk.path();
  return options;
}

#define SKIP_WITHOUT(disk) \
  if (!(disk).mounted()) GTEST_SKIP() << "a small disk cannot be mounted: " << (disk).why()

TEST(FullDisk, IsFoundBeforeTheFirstPage) {
  const SmallDisk disk("160m");
  SKIP_WITHOUT(disk);
  const NightSite site(on(disk));
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  const auto intake = treeOf(site / "intake");
  for (const std::uintmax_t left :
       {std::uintmax_t{32} << 20, std::uintmax_t{64} << 10, std::uintmax_t{0}}) {
    disk.fill(left);
    const NightOutput night = site.run();
    EXPECT_EQ(night.result.exitCode, 1) << left << night.describe();
    EXPECT_EQ(night.stoppedBy(), "disk.full") << left << night.describe();
    EXPECT_EQ(treeOf(site / "intake"), intake);
  }
  disk.drain();
  EXPECT_EQ(site.run().outcome(dossierCode(1)), "filed");
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(FullDisk, ThatFillsUpDuringARunStopsItAndTheNextRunCompletes) {
  const SmallDisk disk("160m");
  SKIP_WITHOUT(disk);
  const NightSite site(on(disk));
  constexpr int kDossiers = 8;
  for (int n = 1; n <= kDossiers; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  std::uintmax_t left = 0;
  bool stopped = false;
  for (int round = 0; round < 3; ++round, left += 192 << 10) {  // full at different steps
    Child child(site.command({"--json", "run", "--workers", "1"}));
    for (int i = 0; i < 1200 && child.outputSoFar().find("page_read") == std::string::npos; ++i) {
      if (child.waitFor(std::chrono::milliseconds(20))) break;
    }
    disk.fill(left);
    const auto ended = child.waitFor(std::chrono::minutes(2));
    ASSERT_TRUE(ended.has_value());
    const NightOutput night = nightOutput(*ended);
    if (night.result.exitCode != 0) {
      EXPECT_EQ(night.result.exitCode, 1) << night.describe();
      EXPECT_EQ(night.stoppedBy(), "disk.full") << night.describe();
      stopped = true;
    }
    disk.drain();
  }
  EXPECT_TRUE(stopped);
  const NightOutput rest = site.run();
  EXPECT_EQ(rest.result.exitCode, 0) << rest.describe();
  for (int n = 1; n <= kDossiers; ++n) {
    EXPECT_EQ(site.sohoa({"show", dossierCode(n)}).exitCode, 0) << dossierCode(n);
  }
  EXPECT_TRUE(fs::is_empty(site / "review"));
  EXPECT_TRUE(fs::is_empty(site / "quarantine"));
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(FullDisk, OfACopyStopsItAndTheNextCallCompletesIt) {
  const SmallDisk disk("4m");
  SKIP_WITHOUT(disk);
  const NightSite site;
  for (int n = 1; n <= 3; ++n) site.put("lô", dossierCode(n), "001.jpg", scannedPage(n));
  site.close("lô");
  ASSERT_EQ(site.run().result.exitCode, 0);
  const std::string copy = (disk.path() / "copy").string();
  for (const std::uintmax_t left :
       {std::uintmax_t{0}, std::uintmax_t{64} << 10, std::uintmax_t{160} << 10}) {
    disk.fill(left);
    const NightOutput stopped = nightOutput(site.sohoa({"--json", "replicate", "--to", copy}));
    EXPECT_EQ(stopped.result.exitCode, 1) << left << stopped.describe();
    EXPECT_EQ(stopped.stoppedBy(), "disk.full") << stopped.describe();
    disk.drain();
  }
  const CommandResult whole = site.sohoa({"--json", "replicate", "--to", copy, "--verify"});
  EXPECT_EQ(whole.exitCode, 0) << whole.describe();
  EXPECT_EQ(treeOf(disk.path() / "copy/repository"), treeOf(site / "repository"));
}

TEST(FileSizeLimit, StopsTheRunLikeAFullDisk) {
  const NightSite site;
  site.put("lô", dossierCode(1), "001.jpg", scannedPage(1));
  site.close("lô");
  // Under the limit the trial signature passes; the dossier's own files do not.
  std::string command = "ulimit -f 24; exec";
  for (const std::string& word : site.command({"--json", "run"})) command += " '" + word + "'";
  const NightOutput night = nightOutput(runCommand({"bash", "-c", command}));
  EXPECT_EQ(night.result.exitCode, 1) << night.describe();
  EXPECT_EQ(night.stoppedBy(), "disk.full") << night.describe();
  EXPECT_EQ(site.run().outcome(dossierCode(1)), "filed");
  EXPECT_EQ(site.auditFailure(), "");
}

}  // namespace
}  // namespace sohoa::test
