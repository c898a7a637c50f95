#include <gmock/gmock.h>

#include "tests/scanning/scan_site.h"

namespace sohoa::test {
namespace {

TEST(FrontsAndBacks, OfAOneSidedFeederComeTogetherInOrder) {
  const ScanSite desk(11);
  const NightOutput fronts = desk.scan({"--fronts"});
  EXPECT_EQ(fronts.result.exitCode, 0) << fronts.describe();
  EXPECT_FALSE(desk.closed());
  desk.paper.putOnTop(11, true);
  const NightOutput backs = desk.scan({"--backs"});
  EXPECT_EQ(backs.result.exitCode, 0) << backs.describe();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(11, true));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(FrontsAndBacks, GoOnAfterAJamOnEitherSide) {
  const ScanSite desk(8);
  desk.paper.failAt(3, "jam");
  ASSERT_EQ(askedFor(desk.scan({"--fronts"})), 3);
  desk.paper.putOnTop(3);
  ASSERT_EQ(desk.scan({"--on-top", "3"}).result.exitCode, 0);
  desk.paper.putOnTop(8, true);
  desk.paper.failAt(1005, "gone");
  ASSERT_EQ(askedFor(desk.scan({"--backs"})), 5);
  desk.paper.putOnTop(6, true);  // one more than asked for
  EXPECT_EQ(desk.scan({"--on-top", "6"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(8, true));
  EXPECT_EQ(desk.manifestFailure(), "");
}

TEST(FrontsAndBacks, AreNotClosedWhenABackIsMissing) {
  const ScanSite desk(5);
  ASSERT_EQ(desk.scan({"--fronts"}).result.exitCode, 0);
  desk.paper.putIn(
      {{1005, 0}, {1004, 0}, {1003, 0}, {1002, 0}});  // one sheet fell off, or two went together
  const NightOutput backs = desk.scan({"--backs"});
  EXPECT_EQ(backs.result.exitCode, 3);
  EXPECT_EQ(causeOf(backs), "scan.empty");
  EXPECT_FALSE(desk.closed());
  desk.paper.putOnTop(5, true);  // all backs once more
  EXPECT_EQ(desk.scan({"--on-top", "5"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(5, true));
}

TEST(FrontsAndBacks, AreNotClosedWhenThereAreMoreBacksThanFronts) {
  const ScanSite desk(4);
  ASSERT_EQ(desk.scan({"--fronts"}).result.exitCode, 0);
  desk.paper.putIn({{1005, 0}, {1004, 0}, {1003, 0}, {1002, 0}, {1001, 0}});
  const NightOutput backs = desk.scan({"--backs"});
  EXPECT_EQ(backs.result.exitCode, 3);
  EXPECT_EQ(causeOf(backs), "scan.count");
  EXPECT_FALSE(desk.closed());
  desk.paper.putOnTop(4, true);
  EXPECT_EQ(desk.scan({"--on-top", "4"}).result.exitCode, 0);
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(4, true));
}

TEST(FrontsAndBacks, AreNotMixedUpWithAnotherKindOfStack) {
  const ScanSite desk(3);
  desk.paper.failAt(2, "jam");
  ASSERT_EQ(desk.scan().result.exitCode, 3);
  EXPECT_EQ(desk.scan({"--backs"}).result.exitCode, 2);
  const ScanSite other(3);
  EXPECT_EQ(other.scan({"--backs"}).result.exitCode, 2) << "there are no fronts";
  EXPECT_EQ(other.paper.inFeeder(), 3);
}

}  // namespace
}  // namespace sohoa::test
