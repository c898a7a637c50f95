#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <memory>
#include <set>

#include "tests/end_to_end/demo_site.h"
#include "tests/support/postgres_server.h"

namespace sohoa::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Several supervisors on one site, as hosts that share a file system and a database.
class Hosts : public testing::Test {
 protected:
  void SetUp() override {
    const auto file = site_.path() / "sohoa.toml";
    spill(file, "catalogue = \"" + server_.database("site") + "\"\n" + slurp(file));
    site_.importRegister();
    site_.drop("night");
  }

  std::unique_ptr<Child> host() const {
    CommandOptions options;
    options.env["SOHOA_CLOCK"] = "2021-09-10T22:00:00+07:00";
    return std::make_unique<Child>(site_.command({"--json", "run", "--workers", "1"}), options);
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

  PostgresServer server_;
  DemoSite site_;
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
  for (int i = 0; i < 1000 && doomed->outputSoFar().find("page_read") == std::string::npos; ++i) {
    ASSERT_FALSE(doomed->waitFor(milliseconds(30))) << "it was to die while it worked";
  }
  doomed->signal(SIGKILL);
  const auto run = heir->waitFor(seconds(400));  // a lease lasts a minute
  ASSERT_TRUE(run);
  expectTheNightIsDone(*run);
  expectNothingTwice();
}

}  // namespace
}  // namespace sohoa::test
