#include "pipeline/night/batch_settling.h"

#include <gtest/gtest.h>

#include <functional>

#include "pipeline/intake/manifest.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using State = BatchGrowth::State;
using test::spill;

struct Growth : testing::Test {
  Growth() { spill(batch() / "a/001.jpg", "one"); }
  fs::path batch() const { return folder / "lô"; }
  void list(const std::vector<std::pair<std::string, std::string>>& files) const {
    std::string lines;
    for (const auto& [name, bytes] : files) lines += sha512(bytes).hex() + "  " + name + "\n";
    spill(batch() / kManifestName, lines);
  }
  test::TemporaryFolder folder;
  BatchGrowth growth{10s};
  BatchGrowth::Time start = BatchGrowth::Time(1000s);
};

TEST_F(Growth, EndsWhenNothingHasChangedForTheTime) {
  EXPECT_EQ(growth.look(batch(), start), State::growing);
  EXPECT_TRUE(growth.anyGrowing());
  EXPECT_EQ(growth.look(batch(), start + 9s), State::growing);
  EXPECT_EQ(growth.look(batch(), start + 10s), State::complete);
  EXPECT_FALSE(growth.anyGrowing());
}

TEST_F(Growth, BeginsAnewWithEveryKindOfChange) {
  const std::vector<std::function<void()>> changes = {
      [&] { spill(batch() / "a/001.jpg", "one more"); },
      [&] { spill(batch() / "b/001.jpg", "two"); },
      [&] { fs::rename(batch() / "b", batch() / "c"); },
      [&] { fs::remove(batch() / "c/001.jpg"); },
      [&] { fs::last_write_time(batch() / "a/001.jpg", fs::file_time_type::clock::now() - 24h); },
      [&] {  // the same name, size and time, and another file
        const auto time = fs::last_write_time(batch() / "a/001.jpg");
        spill(folder / "other", "ONE MORE");
        fs::last_write_time(folder / "other", time);
        fs::rename(folder / "other", batch() / "a/001.jpg");
      }};
  auto now = start;
  growth.look(batch(), now);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    now += 60s;
    ASSERT_EQ(growth.look(batch(), now), State::complete) << i;
    changes[i]();
    EXPECT_EQ(growth.look(batch(), now), State::growing) << i;
    EXPECT_EQ(growth.look(batch(), now + 9s), State::growing) << i;
    now += 10s;
    EXPECT_EQ(growth.look(batch(), now), State::complete) << i;
  }
}

TEST_F(Growth, IsNotCompleteBeforeItsManifestHolds) {
  list({{"a/001.jpg", "one"}, {"a/002.jpg", "two"}});
  growth.look(batch(), start);
  EXPECT_EQ(growth.look(batch(), start + 10s), State::incomplete);
  EXPECT_EQ(growth.look(batch(), start + 1h), State::incomplete);
  spill(batch() / "a/002.jpg", "tw");
  EXPECT_EQ(growth.look(batch(), start + 2h), State::growing);
  EXPECT_EQ(growth.look(batch(), start + 3h), State::incomplete);
  spill(batch() / "a/002.jpg", "two");
  EXPECT_EQ(growth.look(batch(), start + 4h), State::growing);
  EXPECT_EQ(growth.look(batch(), start + 5h), State::complete);
}

TEST_F(Growth, ForgetsABatchThatIsGone) {
  growth.look(batch(), start);
  growth.keepOnly({});
  EXPECT_EQ(growth.look(batch(), start + 1h), State::growing);
}

TEST_F(Growth, ManifestsHoldForExactlyTheirFiles) {
  EXPECT_TRUE(manifestHolds(batch())) << "there is none";
  list({{"a/001.jpg", "one"}});
  spill(batch() / kDoneName, "");
  spill(batch() / "a/Thumbs.db", "of the system");
  EXPECT_TRUE(manifestHolds(batch()));
  spill(batch() / "a/002.jpg", "not listed");
  EXPECT_FALSE(manifestHolds(batch()));
  fs::remove(batch() / "a/002.jpg");
  spill(batch() / "a/001.jpg", "One");
  EXPECT_FALSE(manifestHolds(batch()));
  spill(batch() / kManifestName, "");
  EXPECT_FALSE(manifestHolds(batch())) << "begun, and not yet written";
}

}  // namespace
}  // namespace sohoa
