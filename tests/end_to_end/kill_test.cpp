#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <random>
#include <sstream>
#include <thread>

#include "tests/end_to_end/demo_site.h"

namespace sohoa::test {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

/// Dossiers of the samples that together meet all three ends, with few pages.
const std::set<std::string>& dossiers() {
  static const std::set<std::string> kCodes = [] {
    std::set<std::string> codes;
    std::map<std::string, int> ends;
    for (const auto& [code, truth] : sampleTruth()) {
      const std::string end = truth.at("expected");
      const int wanted = end == "filed" ? 3 : 1;
      if (truth.at("pages").size() <= 2 && ends[end] < wanted) {
        codes.insert(code);
        ++ends[end];
      }
    }
    return codes;
  }();
  return kCodes;
}

/// A site with its batch in intake, before the run; every run gets a copy, with the same keys.
const DemoSite& start() {
  static const DemoSite site;
  static const bool filled = [] {
    site.importRegister();
    site.drop("night", dossiers());
    return true;
  }();
  (void)filled;
  return site;
}

struct Reference {
  DemoSite site{start(), "copy"};
  milliseconds duration{};
  Reference() {
    const auto began = Steady::now();
    const CommandResult run = site.sohoa({"run"});
    duration = std::chrono::duration_cast<milliseconds>(Steady::now() - began);
    EXPECT_EQ(run.exitCode, 3) << run.describe();
  }
};

const Reference& undisturbed() {
  static const Reference made;
  return made;
}

/// Ledger lines of dossiers without what depends on their order.
std::multiset<std::string> ledgerEvents(const DemoSite& site) {
  std::multiset<std::string> events;
  std::istringstream lines(slurp(site.path() / "state/ledger.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json entry = nlohmann::json::parse(line);
    events.insert(entry.at("action").get<std::string>() + " " +
                  entry.at("subject").get<std::string>());
  }
  return events;
}

class Kill : public testing::TestWithParam<int> {};

TEST_P(Kill, AnywhereAndRunAgainGivesTheSameRepository) {
  const Reference& reference = undisturbed();
  // Seeded by the parameter: a failure can be looked at again.
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  const DemoSite site(start(), "copy");
  CommandOptions options;
  options.env["SOHOA_CLOCK"] = "2021-09-10T22:00:00+07:00";
  const auto moment =
      milliseconds(random() % static_cast<unsigned>(reference.duration.count() + 1));
  {
    Child run(site.command({"run"}), options);
    std::this_thread::sleep_for(moment);
    run.signal(SIGKILL);
    run.waitFor(milliseconds(10000));
  }
  const CommandResult second = site.sohoa({"--json", "run"});
  const CommandResult third = site.sohoa({"--json", "run"});  // finds nothing to do
  EXPECT_NE(second.exitCode, 1) << second.describe();
  EXPECT_EQ(third.exitCode, 0) << third.describe();
  EXPECT_EQ(site.tree("repository"), reference.site.tree("repository"))
      << "killed after " << moment.count() << " ms";
  EXPECT_EQ(site.tree("quarantine"), reference.site.tree("quarantine"));
  EXPECT_EQ(site.tree("review"), reference.site.tree("review"));
  EXPECT_EQ(site.tree("intake"), reference.site.tree("intake"));
  EXPECT_EQ(ledgerEvents(site), ledgerEvents(reference.site));
  EXPECT_EQ(site.sohoa({"audit", "--full"}).exitCode, 0);
}

INSTANTIATE_TEST_SUITE_P(TwentyMoments, Kill, testing::Range(1, 21));

}  // namespace
}  // namespace sohoa::test
