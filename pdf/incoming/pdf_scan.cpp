#include "pdf/incoming/pdf_scan.h"

#include <cmath>
#include <optional>

#include "pdf/incoming/content_tracer.h"
#include "pdf/incoming/pdf_guard.h"

namespace sohoa {
namespace {

constexpr double kCovered = 0.8;  // of the page: scanners leave a margin when the sheet is smaller
constexpr double kShown = 0.9;    // of the image: what a crop hides is not part of the document

[[noreturn]] void notScanned(const std::string& why) {
  throw PdfRefusal(Cause::pdfNotScanned, why);
}

std::optional<PointBox> boxOf(QPDFObjectHandle object) {
  if (!object.isRectangle()) return {};
  const auto r = object.getArrayAsRectangle();
  PointBox box;
  box.add(r.llx, r.lly);
  box.add(r.urx, r.ury);
  if (!(box.area() > 0)) return {};
  return box;
}

PointBox visibleBox(const PdfPage& page) {
  const PointBox media = boxOf(page.mediaBox).value_or(PointBox{0, 0, 612, 792});
  const auto crop = boxOf(page.cropBox);
  if (!crop) return media;
  const PointBox both = media.intersection(*crop);
  return both.area() > 0 ? both : media;
}

/// What a signature shows is no content of the page: a filled field with its widget, in one
/// dictionary or two (ISO 32000-1, 12.7.4.5). Only signed files have one, and they stay as they
/// are.
bool isSignature(QPDFObjectHandle widget) {
  constexpr int kMaxParents = 8;
  bool filled = false, signature = false;
  for (int depth = 0; depth < kMaxParents && widget.isDictionary(); ++depth) {
    filled = filled || widget.getKey("/V").isDictionary();
    QPDFObjectHandle type = widget.getKey("/FT");
    signature = signature || (type.isName() && type.getName() == "/Sig");
    widget = widget.getKey("/Parent");
  }
  return filled && signature;
}

// An annotation that shows something would be lost when only the image is kept.
void refuseVisibleAnnotations(QPDFObjectHandle annotations) {
  constexpr long long kHidden = 2, kNoView = 32;
  for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
    QPDFObjectHandle annotation = annotations.getArrayItem(i);
    if (!annotation.isDictionary()) continue;
    QPDFObjectHandle looks = annotation.getKey("/AP");
    QPDFObjectHandle flags = annotation.getKey("/F");
    if (flags.isInteger() && (flags.getIntValue() & (kHidden | kNoView)) != 0) continue;
    const auto box = boxOf(annotation.getKey("/Rect"));
    if (looks.isDictionary() && looks.hasKey("/N") && box && !isSignature(annotation))
      notScanned("an annotation is visible");
  }
}

}  // namespace

PdfScan findScan(QPDF& pdf, const PdfPage& page) {
  const PointBox sheet = visibleBox(page);
  QPDFObjectHandle object = page.object;
  refuseVisibleAnnotations(object.getKey("/Annots"));
  const Painted painted = tracePage(pdf, object.getKey("/Contents"), page.resources, sheet);
  if (painted.images.empty()) {
    notScanned(painted.overImage.empty() ? "empty page" : painted.overImage + " without an image");
  }
  if (painted.images.size() > 1) {
    notScanned(std::to_string(painted.images.size()) + " images on one page");
  }
  if (!painted.overImage.empty()) notScanned(painted.overImage + " over the image");
  const Painted::Image& image = painted.images.front();
  const QPDFMatrix& m = image.matrix;
  const double determinant = m.a * m.d - m.b * m.c;
  if (!(std::abs(determinant) > 1)) notScanned("the image has no extent");
  if (determinant < 0) notScanned("the image is drawn mirrored");
  if (image.visible.area() < kShown * std::abs(determinant)) {
    notScanned("part of the image is cut away");
  }
  // What lies under the image shows only where the image does not.
  const double covered = std::abs(determinant) / sheet.area();
  if (covered < kCovered) notScanned("the image covers only a part of the page");
  if (!painted.underImage.empty() && covered < 0.95) {
    notScanned(painted.underImage + " beside the image");
  }
  double unit = 1;
  QPDFObjectHandle userUnit = object.getKey("/UserUnit");
  if (userUnit.isNumber() && userUnit.getNumericValue() > 0) unit = userUnit.getNumericValue();
  return {image.object, unit * std::hypot(m.a, m.b), unit * std::hypot(m.c, m.d)};
}

}  // namespace sohoa
