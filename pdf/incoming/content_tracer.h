#pragma once

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFMatrix.hh>
#include <string>
#include <vector>

namespace sohoa {

/// An upright rectangle in default user space; empty until it holds a point.
struct PointBox {
  double left = 1e9, bottom = 1e9, right = -1e9, top = -1e9;
  bool empty() const { return right < left || top < bottom; }
  double area() const { return empty() ? 0 : (right - left) * (top - bottom); }
  void add(double x, double y);
  PointBox intersection(const PointBox& other) const;
};

/// What a content stream would paint.
struct Painted {
  struct Image {
    QPDFObjectHandle object;
    QPDFMatrix matrix;  ///< unit square to page
    PointBox visible;   ///< of its bounding box, inside the clip
  };
  std::vector<Image> images;
  std::string overImage;   ///< the first thing painted after the last image: "text", "a path" …
  std::string underImage;  ///< the same, before it
};

/// Interprets graphics operators of a page and its form XObjects: matrices, clips (by bounding
/// box), images, and whether anything else is visible. Bounded in nesting, operators and bytes;
/// throws PdfRefusal(pdfDamaged) beyond.
Painted tracePage(QPDF& pdf, QPDFObjectHandle contents, QPDFObjectHandle resources,
                  const PointBox& pageBox);

}  // namespace sohoa
