#include "pdf/images/resolution.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(Resolution, StatedByTheFileIsBelieved) {
  const Resolution dpi = credibleResolution(2480, 3508, {{300, 300}});
  EXPECT_EQ(dpi.x, 300);
  EXPECT_EQ(dpi.y, 300);
  EXPECT_FALSE(dpi.assumed);
}

TEST(Resolution, MissingIsTakenFromTheSheet) {
  struct Case {
    int width, height;
    double dpi;
  };
  // A4, A3 and Letter at the settings of scanners, both ways round, a few pixels off.
  for (const Case& c :
       {Case{2480, 3508, 300}, Case{3508, 2480, 300}, Case{1654, 2339, 200}, Case{1240, 1754, 150},
        Case{4961, 7016, 600}, Case{3508, 4961, 300}, Case{2339, 3307, 200}, Case{2550, 3300, 300},
        Case{3300, 2550, 300}, Case{1700, 2200, 200}, Case{2470, 3520, 300}}) {
    const Resolution dpi = credibleResolution(c.width, c.height, {});
    EXPECT_EQ(dpi.x, c.dpi) << c.width << " x " << c.height;
    EXPECT_EQ(dpi.y, c.dpi);
    EXPECT_TRUE(dpi.assumed);
  }
}

TEST(Resolution, DefaultsOfCamerasAndEditorsAreNotBelievedOnAScan) {
  for (const double said : {72.0, 96.0}) {
    const Resolution dpi = credibleResolution(2480, 3508, {{said, said}});
    EXPECT_EQ(dpi.x, 300);
    EXPECT_TRUE(dpi.assumed);
  }
}

TEST(Resolution, SeventyTwoIsBelievedWhenTheSheetIsA4AtIt) {
  const Resolution dpi = credibleResolution(595, 842, {{72, 72}});
  EXPECT_EQ(dpi.x, 72);
  EXPECT_FALSE(dpi.assumed);
}

TEST(Resolution, FaxPagesMayBeUneven) {
  const Resolution dpi = credibleResolution(1728, 1145, {{204, 98}});
  EXPECT_EQ(dpi.x, 204);
  EXPECT_EQ(dpi.y, 98);
  EXPECT_FALSE(dpi.assumed);
}

TEST(Resolution, NonsenseIsReplaced) {
  for (const Density said : {Density{0, 0}, Density{1, 1}, Density{30000, 30000}, Density{300, 2},
                             Density{-300, -300}}) {
    const Resolution dpi = credibleResolution(1654, 2339, {said});
    EXPECT_EQ(dpi.x, 200);
    EXPECT_TRUE(dpi.assumed);
  }
}

TEST(Resolution, TheSecondFieldCountsWhenTheFirstIsADefault) {
  const Resolution dpi = credibleResolution(2000, 2900, {{72, 72}, {240, 240}});
  EXPECT_EQ(dpi.x, 240);
  EXPECT_FALSE(dpi.assumed);
}

TEST(Resolution, AnUnknownShapeIsFittedIntoA4) {
  const Resolution dpi = credibleResolution(3000, 1000, {});
  EXPECT_NEAR(3000 / dpi.x, 297 / 25.4, 0.05);
  EXPECT_TRUE(dpi.assumed);
}

}  // namespace
}  // namespace sohoa
