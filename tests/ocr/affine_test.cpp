#include "ocr/image/affine.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(Affine, InverseUndoesTheMap) {
  const Affine map{0.9, 0.2, 30, -0.2, 0.9, -7};
  const Affine back = map.inverse().after(map);
  EXPECT_NEAR(back.x(123, 456), 123, 1e-9);
  EXPECT_NEAR(back.y(123, 456), 456, 1e-9);
}

TEST(Affine, QuarterTurnsKeepCornersOnCorners) {
  // The top left corner of a 200 x 100 image, turned clockwise.
  const Affine right = quarterTurn(90, 200, 100);
  EXPECT_EQ(right.x(0, 0), 100);
  EXPECT_EQ(right.y(0, 0), 0);
  const Affine half = quarterTurn(180, 200, 100);
  EXPECT_EQ(half.x(0, 0), 200);
  EXPECT_EQ(half.y(0, 0), 100);
  const Affine left = quarterTurn(270, 200, 100);
  EXPECT_EQ(left.x(0, 0), 0);
  EXPECT_EQ(left.y(0, 0), 200);
}

TEST(Affine, BoxesStayInsideThePage) {
  const PixelBox box = mapBox(Affine{}, -5, 2.2, 300, 7.8, 200, 100);
  EXPECT_EQ(box, (PixelBox{0, 2, 200, 6}));
}

}  // namespace
}  // namespace sohoa
