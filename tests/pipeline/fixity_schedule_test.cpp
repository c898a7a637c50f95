#include "pipeline/audit/fixity_schedule.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/files.h"

namespace sohoa {
namespace {

const Time kStart = *parseIsoTime("2021-09-10T00:00:00Z");
constexpr std::chrono::hours kDay{24};

TEST(FixityRoundPlace, IsTheHashPrefixOfThePath) {
  EXPECT_EQ(FixityRound::placeOf("000/000/000/x"), 0);
  EXPECT_EQ(FixityRound::placeOf("800/000/000/x"), 0.5);
  EXPECT_LT(FixityRound::placeOf("fff/fff/fff/x"), 1);
  EXPECT_LT(FixityRound::placeOf("3c0/ff4/240/a"), FixityRound::placeOf("3c0/ff4/241/a"));
}

/// Objects at random places; runs at the given days; the longest time between two readings of one.
double longestGap(const std::vector<double>& runs, int days) {
  std::mt19937_64 random(7);
  std::vector<double> places, last;
  for (int i = 0; i < 2000; ++i) {
    places.push_back(static_cast<double>(random() >> 28) / 68719476736.0);
    last.push_back(0);
  }
  FixityRound round;
  double longest = 0;
  for (const double at : runs) {
    const Time now = kStart + std::chrono::seconds(static_cast<std::int64_t>(at * 86400));
    const auto share = round.due(now, days);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!share.holds(places[i])) continue;
      longest = std::max(longest, at - last[i]);
      last[i] = at;
    }
    round.read(share, now);
  }
  for (const double at : last) longest = std::max(longest, runs.back() - at);
  return longest;
}

TEST(FixityRound, ReadsEveryObjectWithinThePromisedDays) {
  std::vector<double> daily, ragged;
  for (int day = 1; day <= 200; ++day) {
    daily.push_back(day);
    if (day % 7 != 0) ragged.push_back(day + (day % 3) * 0.2);
  }
  EXPECT_LE(longestGap(daily, 30), 30);
  EXPECT_LE(longestGap(ragged, 30), 31) << "a run may come a day late";
  EXPECT_GT(longestGap(daily, 30), 25) << "and not much more often than asked";
  EXPECT_LE(longestGap(daily, 1), 1);
}

TEST(FixityRound, KnowsItsOldestReading) {
  FixityRound round;
  EXPECT_FALSE(round.oldest());
  EXPECT_EQ(round.covered(), 0);
  for (int day = 0; day < 40; ++day) {
    const Time now = kStart + day * kDay;
    round.read(round.due(now, 30), now);
  }
  EXPECT_EQ(round.covered(), 1);
  ASSERT_TRUE(round.oldest());
  EXPECT_GE(*round.oldest(), kStart + 11 * kDay);
  EXPECT_LE(*round.oldest(), kStart + 14 * kDay);
  round.read({}, kStart + 50 * kDay);
  EXPECT_EQ(*round.oldest(), kStart + 50 * kDay);
}

TEST(FixityRound, IsTheSameAfterSavingAndStartsAnewFromABadFile) {
  const test::TemporaryFolder folder;
  FixityRound round;
  for (int day = 0; day < 5; ++day)
    round.read(round.due(kStart + day * kDay, 7), kStart + day * kDay);
  round.save(folder / "round.json");
  const FixityRound read = FixityRound::load(folder / "round.json");
  EXPECT_EQ(read.covered(), round.covered());
  EXPECT_EQ(read.due(kStart + 6 * kDay, 7).from, round.due(kStart + 6 * kDay, 7).from);
  EXPECT_EQ(FixityRound::load(folder / "none.json").covered(), 0);
  for (const char* bad : {"", "{", "[]", R"({"parts":[],"next":0,"last":""})",
                          R"({"parts":[{"from":0.5,"at":null}],"next":0,"last":""})"}) {
    test::spill(folder / "bad.json", bad);
    EXPECT_EQ(FixityRound::load(folder / "bad.json").covered(), 0) << bad;
  }
}

}  // namespace
}  // namespace sohoa
