#include "pdf/access/ink_colour.h"

#include <gtest/gtest.h>

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr int kCell = 20;

/// White paper with blocks of ink, and where the ink is.
struct InkedPage {
  InkedPage() : page(pixCreate(600, 400, 32)), ink(pixCreate(600, 400, 1)) {
    pixSetAll(page.get());
  }
  void block(int x, int y, int width, int height, const Rgb& colour) {
    const Rows pixels(page.get()), bits(ink.get());
    for (int row = y; row < y + height; ++row) {
      for (int column = x; column < x + width; ++column) {
        pixels.row(row)[column] = pixelOf(colour);
        SET_DATA_BIT(bits.row(row), column);
      }
    }
  }
  Rgb colourAt(int x, int y) const {
    const Raster colours = inkColours(page.get(), ink.get(), kCell);
    return colours.colour[colours.at(x / kCell, y / kCell)];
  }
  PixHandle page, ink;
};

TEST(InkColour, IsThatOfTheDarkPartNotOfSoftEdges) {
  InkedPage page;
  page.block(100, 100, 18, 12, {120, 120, 120});
  page.block(103, 103, 12, 6, {20, 22, 24});
  const Rgb colour = page.colourAt(105, 105);
  EXPECT_LT(colour[0], 40);
}

TEST(InkColour, OfWhatIsTooLittleToTellIsThatOfThePrintAroundIt) {
  InkedPage page;
  for (int x = 20; x < 580; x += 30) page.block(x, 100, 12, 18, {25, 25, 25});
  page.block(300, 130, 8, 1, {130, 130, 130});  // what erosion leaves of a thin rule
  EXPECT_LT(page.colourAt(305, 130)[0], 60) << "a gap in the rule of a table";
}

TEST(InkColour, OfAPenStaysBlueBesidePrint) {
  InkedPage page;
  for (int x = 20; x < 580; x += 30) page.block(x, 100, 12, 18, {25, 25, 25});
  page.block(200, 160, 80, 10, {40, 60, 190});
  const Rgb pen = page.colourAt(230, 165);
  EXPECT_GT(pen[2], 170);
  EXPECT_LT(page.colourAt(500, 105)[2], 40);
}

TEST(InkColour, IsGivenToPlacesWithoutInkAsWell) {
  InkedPage page;
  page.block(100, 100, 15, 15, {20, 20, 20});
  EXPECT_LT(page.colourAt(550, 350)[0], 40);
}

}  // namespace
}  // namespace sohoa
