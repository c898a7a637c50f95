#pragma once

#include <array>
#include <vector>

#include "pdf/content/page_marks.h"
#include "signing/appearance/page_objects.h"

namespace sohoa {

/// Upright on the page as it is seen; points (1/72 inch) from its left and its upper edge.
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

/// Between the page as it is seen and its user space (/CropBox, /Rotate, /UserUnit).
class PageView {
 public:
  explicit PageView(const PageGeometry& geometry) : page_(geometry) {}
  double width() const;
  double height() const;
  SeenBox seen(const PageMark& box) const;
  PageMark inUserSpace(const SeenBox& box) const;
  /// Linear part of a form's /Matrix that turns it against /Rotate, so that it is seen upright.
  std::array<double, 4> upright() const { return upright(page_.rotation); }
  static std::array<double, 4> upright(int rotation);

 private:
  PageGeometry page_;
};

/// The free place for `wanted` that is nearest to it, not at the very edge of the page
/// and a little away from what is there; `wanted` itself when there is none.
SeenBox nearestFreePlace(const PageView& page, const std::vector<SeenBox>& taken,
                         const SeenBox& wanted);
/// Whether something is in the way.
bool isFree(const std::vector<SeenBox>& taken, const SeenBox& place);

}  // namespace sohoa
