#pragma once

#include <array>
#include <vector>

#include "pdf/content/page_marks.h"
#include "signing/appearance/page_objects.h"

namespace sohoa {

/// A box on the page as displayed; points (1/72 inch), origin at the left upper corner, y down.
struct SeenBox {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
  bool meets(const SeenBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  SeenBox joined(const SeenBox& other) const;
  SeenBox moved(double x, double y) const { return {left + x, top + y, right + x, bottom + y}; }
};

/// Maps between the page as displayed and its user space (/CropBox, /Rotate, /UserUnit).
class PageView {
 public:
  explicit PageView(const PageGeometry& geometry) : page_(geometry) {}
  double width() const;
  double height() const;
  SeenBox seen(const PageMark& box) const;
  PageMark inUserSpace(const SeenBox& box) const;
  /// Linear part of a form's /Matrix that undoes /Rotate, so that the form is displayed upright.
  std::array<double, 4> upright() const { return upright(page_.rotation); }
  static std::array<double, 4> upright(int rotation);

 private:
  PageGeometry page_;
};

/// The free place nearest to `wanted`, at least 12 points from the edges of the page and 2 points
/// from its content; `wanted` itself when it is free or when no place is.
SeenBox nearestFreePlace(const PageView& page, const std::vector<SeenBox>& taken,
                         const SeenBox& wanted);
/// Whether `place` meets no box of `taken`.
bool isFree(const std::vector<SeenBox>& taken, const SeenBox& place);

}  // namespace sohoa
