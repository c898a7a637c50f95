#include "pdf/changes/occlusion.h"

#include <algorithm>
#include <optional>

#include "pdf/changes/object_roles.h"
#include "pdf/content/page_keys.h"
#include "pdf/content/painted_boxes.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// An image or a drawn ground of more than this share of the page is what everything stands on.
constexpr double kGround = 0.6;
/// An appearance hides its ground when opaque parts take up this share of it.
constexpr double kHiding = 0.3;

std::optional<PaintedBox> boxOf(const PdfRevisions& file, std::size_t section,
                                const PdfValue& rect) {
  if (rect.items.size() != 4) return std::nullopt;
  double c[4];
  for (std::size_t i = 0; i < 4; ++i) c[i] = file.resolve(rect.items[i], section).number();
  PaintedBox box;
  box.left = std::min(c[0], c[2]), box.right = std::max(c[0], c[2]);
  box.bottom = std::min(c[1], c[3]), box.top = std::max(c[1], c[3]);
  return box;
}

/// Opaque parts of a widget's appearance where they fall on the page (12.5.5: the bounding box is
/// fitted into the rectangle). Of an appearance that is turned, the whole rectangle counts.
std::vector<PaintedBox> opaqueParts(const PdfRevisions& file, std::size_t section,
                                    const PdfValue& widget, const PaintedBox& rect) {
  const PdfValue appearances = file.get(widget, "AP", section);
  const PdfValue* reference = appearances.find("N");
  if (reference == nullptr) return {};
  if (!reference->is(Kind::reference)) return {rect};
  const PdfObject form = file.object(reference->reference, section);
  if (!form.hasStream) return {rect};  // one of several states
  const auto box = boxOf(file, section, file.get(form.value, "BBox", section));
  // Readers differ on what is given twice or not at all.
  if (!box || givesKeyTwice(form.value) || givesKeyTwice(appearances)) return {rect};
  if (box->area() <= 0) return {};
  const bool turned = form.value.find("Matrix") != nullptr;
  std::vector<PaintedBox> parts;
  for (PaintedBox each : paintedBoxes(file, section, file.decoded(form, section),
                                      file.get(form.value, "Resources", section))) {
    each.left = std::max(each.left, box->left), each.right = std::min(each.right, box->right);
    each.bottom = std::max(each.bottom, box->bottom), each.top = std::min(each.top, box->top);
    if (!each.opaque || each.right <= each.left || each.top <= each.bottom) continue;
    if (turned) return {rect};
    const double x = (rect.right - rect.left) / (box->right - box->left);
    const double y = (rect.top - rect.bottom) / (box->top - box->bottom);
    each.left = rect.left + (each.left - box->left) * x;
    each.right = rect.left + (each.right - box->left) * x;
    each.bottom = rect.bottom + (each.bottom - box->bottom) * y;
    each.top = rect.bottom + (each.top - box->bottom) * y;
    parts.push_back(each);
  }
  return parts;
}

}  // namespace

bool coversPageContent(const PdfRevisions& file, std::size_t before, const PdfValue& page,
                       std::size_t after, const PdfValue& widget, bool mere) try {
  const auto rect = boxOf(file, after, file.get(widget, "Rect", after));
  if (!rect || rect->area() <= 0) return false;
  const auto whole = boxOf(file, before, inheritedOf(file, page, "MediaBox", before));
  const double pageArea = whole ? whole->area() : 0;
  const auto painted = paintedBoxes(file, before, contentOf(file, page, before),
                                    inheritedOf(file, page, "Resources", before));
  const auto parts = opaqueParts(file, after, widget, *rect);
  double hiding = 0;
  for (const PaintedBox& part : parts) hiding += part.area();
  for (const PaintedBox& box : painted) {
    if (!box.meets(*rect) || (mere && box.what == PaintedBox::What::path)) continue;
    const bool ground = box.what != PaintedBox::What::text && box.area() > kGround * pageArea;
    if (ground && (box.what != PaintedBox::What::image || hiding < kHiding * rect->area()))
      continue;
    const bool met = std::any_of(parts.begin(), parts.end(),
                                 [&](const PaintedBox& part) { return part.meets(box); });
    if (met) return true;
  }
  return false;
} catch (const PdfSyntaxError&) {
  return true;
}

}  // namespace sohoa
