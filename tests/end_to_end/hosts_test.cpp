#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "tests/end_to_end/demo_site.h"
#include "tests/end_to_end/network.h"
#include "tests/support/postgres_server.h"

namespace sohoa::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Several supervisors on one site, as hosts that share a file system and a database.
class Hosts : public testing::Test {
 protected:
  void SetUp() override { prepare("127.0.0.1"); }

  /// A night before its beginning, with its catalogue on a server of that address.
  void prepare(const std::string& address) {
    server_.emplace(address);
    const auto file = site_.path() / "sohoa.toml";
    spill(file, "catalogue = \"" + server_->database("site") + "\"\n" + slurp(file));
    site_.importRegister();
    site_.drop("night");
  }

  static std::unique_ptr<Child> start(const std::vector<std::string>& command) {
    CommandOptions options;
    options.env["SOHOA_CLOCK"] = "2021-09-10T22:00:00+07:00";
    return std::make_unique<Child>(command, options);
  }
  std::vector<std::string> run() const {
    return site_.command({"--json", "run", "--workers", "1"});
  }
  std::unique_ptr<Child> host() const { return start(run()); }

  /// Until it is in the middle of a dossier.
  static void waitForItsFirstPage(Child& host) {
    for (int i = 0; i < 4000 && host.outputSoFar().find("page_read") == std::string::npos; ++i) {
      ASSERT_FALSE(host.waitFor(milliseconds(30))) << "it was to be stopped while it worked";
    }
  }

  static int decidedBy(const CommandResult& run) {
    int decided = 0;
    for (const auto& line : jsonLines(run.out)) decided += line.at("event") == "decided" ? 1 : 0;
    return decided;
  }

  /// The ends of an undisturbed night; nothing twice, nothing missing.
  void expectTheNightIsDone(const CommandResult& run) const {
    EXPECT_EQ(run.exitCode, 3) << run.describe();
    const auto summary = jsonLines(run.out).back();
    EXPECT_EQ(summary.at("filed"), 8);
    EXPECT_EQ(summary.at("held"), 2);
    EXPECT_EQ(summary.at("quarantined"), 2);
    EXPECT_TRUE(summary.at("balances"));
  }
  void expectNothingTwice() const {
    std::ifstream ledger(site_.path() / "state/ledger.jsonl");
    std::set<std::string> seen;
    int dossiers = 0;
    for (std::string line; std::getline(ledger, line);) {
      const auto entry = nlohmann::json::parse(line);
      const std::string action = entry.at("action");
      EXPECT_TRUE(seen.insert(action + " " + entry.at("subject").get<std::string>()).second)
          << line;
      dossiers += action.starts_with("dossier.") ? 1 : 0;
    }
    EXPECT_EQ(dossiers, 12);
    EXPECT_EQ(site_.sohoa({"audit", "--full"}).exitCode, 0);
    EXPECT_TRUE(std::filesystem::is_empty(site_.path() / "intake"));
  }

  std::optional<PostgresServer> server_;
  DemoSite site_;
};

/// The same with a network between the hosts and the database.
class HostsOnANetwork : public Hosts {
 protected:
  void SetUp() override {
    try {
      network_.emplace(4);
    } catch (const std::runtime_error& why) {
      GTEST_SKIP() << "network namespaces cannot be made here: " << why.what();
    }
    prepare(network_->address());
    // The hosts know the database by its address on the network.
    const auto file = site_.path() / "sohoa.toml";
    std::string text = slurp(file);
    text.replace(text.find("127.0.0.1"), 9, network_->address());
    spill(file, text);
  }

  /// Stops a host in the middle of a dossier, without the locks that a file system takes away from
  /// a host that is gone, and all of them have here.
  void freeze(Child& host) const {
    for (;;) {
      host.signal(SIGSTOP);
      std::this_thread::sleep_for(milliseconds(50));
      const int ledger = ::open((site_.path() / "state/ledger.jsonl").c_str(), O_RDONLY);
      const bool free = ledger >= 0 && ::flock(ledger, LOCK_SH | LOCK_NB) == 0;
      ::close(ledger);
      if (free && !std::filesystem::exists(site_.repository() / "extensions/sohoa-work")) return;
      host.signal(SIGCONT);
      std::this_thread::sleep_for(milliseconds(20));
    }
  }

  std::optional<Network> network_;
};

TEST_F(Hosts, ShareANightAndFileNothingTwice) {
  std::vector<std::unique_ptr<Child>> hosts;
  for (int i = 0; i < 4; ++i) hosts.push_back(host());
  int decided = 0;
  for (const auto& one : hosts) {
    const auto run = one->waitFor(seconds(300));
    ASSERT_TRUE(run);
    expectTheNightIsDone(*run);
    decided += decidedBy(*run);
  }
  EXPECT_EQ(decided, 12);
  expectNothingTwice();
}

TEST_F(Hosts, TakeOverTheWorkOfOneThatDied) {
  const auto doomed = host();
  const auto heir = host();
  waitForItsFirstPage(*doomed);
  doomed->signal(SIGKILL);
  const auto run = heir->waitFor(seconds(400));  // a lease lasts a minute
  ASSERT_TRUE(run);
  expectTheNightIsDone(*run);
  expectNothingTwice();
}

TEST_F(Hosts, StopWhenTheDatabaseCutsThemOffAndTheNextRunGoesOn) {
  const auto first = host();
  waitForItsFirstPage(*first);
  server_->cutConnections();
  const auto stopped = first->waitFor(seconds(120));
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->exitCode, 1) << stopped->describe();
  EXPECT_NE(stopped->describe().find("catalogue.unusable"), std::string::npos)
      << stopped->describe();
  const auto run = host()->waitFor(seconds(400));
  ASSERT_TRUE(run);
  expectTheNightIsDone(*run);
  expectNothingTwice();
}

// One host is cut off and works on for as long as it may; one is cut off, stands still, and wakes
// up when all is done and its cable is back.
TEST_F(HostsOnANetwork, TakeOverFromThoseCutOffWhichChangeNothingMore) {
  std::vector<std::unique_ptr<Child>> hosts;
  for (int i = 0; i < 4; ++i) hosts.push_back(start(network_->on(i, run())));
  Child &cutOff = *hosts[0], &frozen = *hosts[1];
  waitForItsFirstPage(cutOff);
  network_->cut(0);
  waitForItsFirstPage(frozen);
  freeze(frozen);
  network_->cut(1);

  int decided = 0;
  for (const int heir : {2, 3}) {
    const auto run = hosts[static_cast<std::size_t>(heir)]->waitFor(seconds(500));
    ASSERT_TRUE(run);
    expectTheNightIsDone(*run);
    decided += decidedBy(*run);
  }
  const auto lost = cutOff.waitFor(seconds(60));
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->exitCode, 1) << lost->describe();
  const std::string why = lost->describe();
  EXPECT_TRUE(why.find("catalogue.unusable") != std::string::npos ||
              why.find("run.lease_lost") != std::string::npos)
      << why;

  const auto before = site_.tree("");
  network_->mend(1);
  frozen.signal(SIGCONT);
  const auto woken = frozen.waitFor(seconds(120));
  ASSERT_TRUE(woken);
  EXPECT_EQ(woken->exitCode, 1) << woken->describe();
  EXPECT_EQ(site_.tree(""), before);

  // What those two had finished nobody did again. (Cut off between its last step and saying so, a
  // host has decided what nobody says.)
  EXPECT_LE(decided + decidedBy(*lost) + decidedBy(*woken), 12);
  expectNothingTwice();
}

}  // namespace
}  // namespace sohoa::test
