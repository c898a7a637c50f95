#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/scanning/scan_site.h"

namespace sohoa::test {
namespace {

using std::chrono::milliseconds;

struct Way {
  const char* name;
  std::vector<std::string> arguments;
  bool backs = false;
};

/// Kills of each 50-sheet scan. The long form: SOHOA_SCAN_KILLS=300 (tests/bench/scan_kills.sh).
int kills() {
  const char* asked = std::getenv("SOHOA_SCAN_KILLS");
  return asked == nullptr ? 8 : std::atoi(asked);
}

unsigned seed() {
  const char* asked = std::getenv("SOHOA_SCAN_SEED");
  return asked == nullptr ? 7 : static_cast<unsigned>(std::atoi(asked));
}

class ScanKill : public testing::TestWithParam<Way> {
 protected:
  /// A person follows what the command asks for, and the command dies at random moments, with
  /// sheets pulled in ahead. `killed`: grows, up to kills(); the scan may end before.
  void scanAndKill(int& killed) {
    constexpr int kSheets = 50;
    const ScanSite desk(kSheets);
    desk.paper.setPace(20);  // fifty sheets take a second
    desk.paper.setAhead(2);
    bool turned = false;
    int onTop = 0;
    for (int call = 0; call < 40 * kills() + 20 && !desk.closed(); ++call) {
      std::vector<std::string> arguments = GetParam().arguments;
      if (turned) arguments = {"--backs"};
      if (onTop > 0) arguments.insert(arguments.end(), {"--on-top", std::to_string(onTop)});
      onTop = 0;
      Child scan(desk.scanCommand(arguments), desk.surroundings());
      const bool mayDie = killed < kills();
      // Half of the kills come early, where it begins, resumes and writes its first pages.
      const auto moment = milliseconds(random_() % (random_() % 2 == 0 ? 60U : 300U));
      auto ended = scan.waitFor(mayDie ? moment : milliseconds(60000));
      if (!ended) {
        scan.signal(SIGKILL);
        ended = scan.waitFor(milliseconds(10000));
        ++killed;
        continue;
      }
      const NightOutput output = nightOutput(*ended);
      if (output.result.exitCode == 0 && !desk.closed()) {  // all fronts
        ASSERT_FALSE(turned) << output.describe();
        turned = true;
        desk.paper.putOnTop(kSheets, true);
        continue;
      }
      if (output.result.exitCode == 0) break;
      onTop = askedFor(output);
      // An empty feeder right after the last kill: the sheets that are still to come lie in the
      // tray.
      ASSERT_TRUE(onTop > 0 || causeOf(output) == "scan.empty") << output.describe();
      if (onTop > 0) desk.paper.putOnTop(onTop, turned);
    }
    ASSERT_TRUE(desk.closed());
    EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(kSheets, GetParam().backs));
    EXPECT_EQ(desk.manifestFailure(), "");
  }

 private:
  std::mt19937 random_{seed()};
};

/// On a machine that is busy elsewhere a scan may end before it was killed so often: then another.
TEST_P(ScanKill, OfFiftySheetsLosesAndDoublesNoPage) {
  for (int killed = 0; killed < kills() && !HasFailure();) scanAndKill(killed);
}

INSTANTIATE_TEST_SUITE_P(
    Ways, ScanKill,
    testing::Values(Way{"OneSide", {"--sheets", "50"}, false},
                    Way{"Duplex", {"--source", "duplex", "--sheets", "50"}, true},
                    Way{"InTurns", {"--fronts", "--sheets", "50"}, true}),
    [](const auto& way) { return std::string(way.param.name); });

}  // namespace
}  // namespace sohoa::test
