#pragma once

#include <vector>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// Upright, in the space of the content's owner.
struct PaintedBox {
  enum class What { text, path, image } what = What::text;
  bool opaque = false;  ///< hides what is under it: a filled path, an image without a mask
  double left = 0, bottom = 0, right = 0, top = 0;
  double area() const { return (right - left) * (top - bottom); }
  bool meets(const PaintedBox& other) const;
};

/// What a content stream paints, roughly: bounding boxes, text by an estimate of its width. Hidden
/// text (mode 3) paints nothing. Form XObjects are followed. Throws PdfSyntaxError for content that
/// cannot be read, and beyond bounds on operators, forms and boxes.
std::vector<PaintedBox> paintedBoxes(const PdfRevisions& file, std::size_t section,
                                     const std::string& content, const PdfValue& resources);

}  // namespace sohoa
