#include <gmock/gmock.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/digest.h"
#include "tests/scanning/scan_site.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using testing::HasSubstr;

void pause(int ms) { std::this_thread::sleep_for(milliseconds(ms)); }

/// A page of the samples; its dossiers here are unknown to the register, so that a run takes them
/// in and reads nothing.
const std::string& page() {
  static const std::string kBytes =
      slurp(sourceFolder() / "samples/intake/2021-09-10-tang2/000.00.12.H46-210820-0001/004.jpg");
  return kBytes;
}
std::string unknownDossier(int n) { return "000.00.12.H46-210902-000" + std::to_string(n); }

class Watch {
 public:
  explicit Watch(const NightSite& site, std::vector<std::string> more = {},
                 const CommandOptions& options = {})
      : child_(command(site, std::move(more)), options) {
    EXPECT_TRUE(says("\"watching\"")) << child_.outputSoFar();
  }
  /// Waits until it has said so `times` times.
  bool says(const std::string& text, int times = 1,
            std::chrono::seconds time = std::chrono::seconds(60)) {
    for (const auto until = Steady::now() + time; Steady::now() < until; pause(20)) {
      if (count(text) >= times) return true;
    }
    return false;
  }
  int count(const std::string& text) const {
    const std::string out = child_.outputSoFar();
    int found = 0;
    for (auto at = out.find(text); at != std::string::npos; at = out.find(text, at + 1)) ++found;
    return found;
  }
  /// What the n-th batch had when it was taken in.
  int pagesTakenIn(int n = 1) {
    if (!says("\"summary\"", n)) return -1;
    int seen = 0;
    for (const auto& line : jsonLines(child_.outputSoFar())) {
      if (line.value("event", "") == "taken_in" && ++seen == n) return line.at("pages");
    }
    return -1;
  }
  std::string output() const { return child_.outputSoFar(); }
  void signal(int number) { child_.signal(number); }
  int ends() {
    const auto ended = child_.waitFor(std::chrono::seconds(60));
    return ended ? ended->exitCode : -1;
  }

 private:
  static std::vector<std::string> command(const NightSite& site, std::vector<std::string> more) {
    more.insert(more.begin(), {"--json", "watch", "--workers", "1", "--settle", "0.7"});
    return site.command(more);
  }
  Child child_;
};

TEST(Watch, FilesABatchThatArrivesSlowlyOnceItIsClosed) {
  const NightSite site(ScanSite::copyOfOneSite());
  Watch watch(site);
  for (int n = 1; n <= 3; ++n) {
    site.put("lô", unknownDossier(n), "001.jpg", page());
    pause(400);
  }
  pause(900);  // at rest, and not closed
  EXPECT_EQ(watch.count("\"taken_in\""), 0) << watch.output();
  EXPECT_EQ(watch.count("\"left_alone\""), 1) << "says it once\n" << watch.output();
  site.close("lô");
  EXPECT_EQ(watch.pagesTakenIn(), 3) << watch.output();
  EXPECT_FALSE(fs::exists(site.intake("lô")));
  // The next batch under the same name, moved in with one rename.
  const fs::path staged = site / "staged";
  spill(staged / unknownDossier(4) / "001.jpg", page());
  spill(staged / ".done", "");
  fs::rename(staged, site.intake("lô"));
  EXPECT_EQ(watch.pagesTakenIn(2), 1) << watch.output();
  watch.signal(SIGTERM);
  EXPECT_EQ(watch.ends(), 0) << watch.output();
}

TEST(Watch, WaitsForFilesThatCopyingPutsBehindTheDoneFile) {
  const NightSite site(ScanSite::copyOfOneSite());
  Watch watch(site, {"--poll", "0.2"});
  site.close("lô");
  for (int n = 1; n <= 5; ++n) {  // pieces that grow, as a copy does
    const fs::path file = site.intake("lô") / unknownDossier(n) / "001.jpg";
    for (int piece = 1; piece <= 3; ++piece) {
      spill(file, page().substr(0, page().size() * static_cast<std::size_t>(piece) / 3));
      pause(150);
    }
  }
  EXPECT_EQ(watch.pagesTakenIn(), 5) << watch.output();
  EXPECT_EQ(watch.count("file.truncated"), 0) << watch.output();
}

TEST(Watch, WaitsForEveryFileOfTheManifestHoweverLongACopyPauses) {
  const NightSite site(ScanSite::copyOfOneSite());
  Watch watch(site);
  std::string manifest;
  for (int n = 1; n <= 3; ++n)
    manifest += sha512(page()).hex() + "  " + unknownDossier(n) + "/001.jpg\n";
  spill(site.intake("lô") / "manifest-sha512.txt", manifest);
  site.close("lô");
  site.put("lô", unknownDossier(1), "001.jpg", page());
  const auto tells = [&] {
    return watch.count("its files do not match") + watch.count("chưa khớp với bảng kê") > 0;
  };
  for (int i = 0; i < 500 && !tells(); ++i) pause(20);
  EXPECT_TRUE(tells()) << watch.output();
  site.put("lô", unknownDossier(2), "001.jpg", page().substr(0, 5000));
  site.put("lô", unknownDossier(3), "001.jpg", page());
  pause(1800);  // more than twice the time to settle, with half a file
  EXPECT_EQ(watch.count("\"taken_in\""), 0) << watch.output();
  site.put("lô", unknownDossier(2), "001.jpg", page());
  EXPECT_EQ(watch.pagesTakenIn(), 3) << watch.output();
  EXPECT_EQ(watch.count("manifest.m"), 0) << watch.output();
}

TEST(Watch, LosesNoBatchThatIsRenamedUnderItsEyes) {
  const NightSite site(ScanSite::copyOfOneSite());
  Watch watch(site, {"--poll", "0.1"});
  site.put("lô 1", unknownDossier(1), "001.jpg", page());
  site.close("lô 1");
  pause(300);
  fs::rename(site.intake("lô 1"), site.intake("lô 2"));
  EXPECT_EQ(watch.pagesTakenIn(), 1) << watch.output();
  EXPECT_THAT(watch.output(), HasSubstr("\"batch\":\"lô 2\""));
  EXPECT_EQ(watch.count("\"taken_in\""), 1) << watch.output();
}

TEST(Watch, EndsAfterTheDossierInHandAndGoesOnWhenStartedAgain) {
  const NightSite site(ScanSite::copyOfOneSite());
  for (int n = 1; n <= 6; ++n) site.put("lô", dossierCode(n), "001.jpg", page());
  site.close("lô");
  {
    Watch watch(site);
    ASSERT_TRUE(watch.says("\"page_read\"")) << watch.output();
    watch.signal(SIGTERM);
    EXPECT_EQ(watch.ends(), 130) << watch.output();
    EXPECT_THAT(watch.output(), HasSubstr("\"balances\":true"));
  }
  EXPECT_TRUE(fs::exists(site.intake("lô")));
  Watch again(site);
  ASSERT_TRUE(again.says("\"summary\"")) << again.output();
  EXPECT_FALSE(fs::exists(site.intake("lô"))) << again.output();
  EXPECT_LT(again.count("\"page_read\""), 6) << "no page is read twice";
  again.signal(SIGINT);
  EXPECT_EQ(again.ends(), 0);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(Watch, WaitsForAnotherCommandAndIsTheOnlyWatch) {
  const NightSite site(ScanSite::copyOfOneSite());
  site.put("đêm", dossierCode(1), "001.jpg", page());
  site.close("đêm");
  CommandOptions hang;
  hang.env["SOHOA_TEST_WORKER_FAULT"] = "hang:001";
  Child run(site.command({"--json", "run"}), hang);
  while (run.outputSoFar().find("will_read") == std::string::npos) pause(20);
  Watch watch(site);
  EXPECT_TRUE(watch.says("\"busy\"")) << watch.output();
  const CommandResult second = site.sohoa({"--json", "watch"});
  EXPECT_EQ(second.exitCode, 1);
  EXPECT_THAT(second.out, HasSubstr("site.busy"));
  run.signal(SIGKILL);
  ASSERT_TRUE(run.waitFor(std::chrono::seconds(10)));
  EXPECT_TRUE(watch.says("\"summary\"")) << watch.output();
  EXPECT_FALSE(fs::exists(site.intake("đêm")));
}

TEST(Watch, TellsTheServiceManagerWhenItIsReadyAndWhenItStops) {
  const NightSite site(ScanSite::copyOfOneSite());
  TemporaryFolder folder;
  const std::string place = folder / "notify";
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  place.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const timeval patience{20, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto told = [&] {
    char text[256] = {};
    return ::recv(fd, text, sizeof text - 1, 0) > 0 ? std::string(text) : std::string();
  };
  CommandOptions options;
  options.env["NOTIFY_SOCKET"] = place;
  Watch watch(site, {}, options);
  EXPECT_EQ(told(), "READY=1");
  watch.signal(SIGTERM);
  EXPECT_EQ(told(), "STOPPING=1");
  EXPECT_EQ(watch.ends(), 0);
  ::close(fd);
}

}  // namespace
}  // namespace sohoa::test
