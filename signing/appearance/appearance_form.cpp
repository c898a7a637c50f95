#include "signing/appearance/appearance_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "pdf/drawing/stamp_image.h"
#include "pdf/structure/signature_fields.h"
#include "pdf/util/pdf_number.h"
#include "signing/appearance/appearance_place.h"
#include "signing/appearance/appearance_text.h"

namespace sohoa {
namespace {

/// Margins at both sides of the page together; points.
constexpr double kMargins = 85;

struct Parts {
  std::optional<AppearanceText> text;
  std::shared_ptr<const StampImage> image;
  AppearanceSizes sizes;
};

Result<Parts> measure(const Appearance& appearance, double widest) {
  Parts parts;
  if (!appearance.image.empty()) {
    auto image = StampImage::open(appearance.image);
    if (!image) return image.error();
    parts.image = *std::move(image);
    double& width = parts.sizes.imageWidth;
    width = appearance.imageMillimetres > 0 ? appearance.imageMillimetres * 72 / 25.4
                                            : parts.image->widthPoints;
    if (width <= 0) {
      return ItemError{Stage::signing, Cause::documentNotSigned, appearance.image.string(),
                       "the image does not say how wide it is"};
    }
    parts.sizes.imageHeight = width * parts.image->height / parts.image->width;
  }
  if (!appearance.lines.empty()) {
    auto text = AppearanceText::of(appearance, widest);
    if (!text) return text.error();
    parts.text.emplace(*std::move(text));
    parts.sizes.textWidth = parts.text->width();
    parts.sizes.textHeight = parts.text->height();
  }
  return parts;
}

/// Makes the form that shows the parts, its lower left corner at 0, 0.
PdfRef draw(IncrementalUpdate& update, Parts& parts, const AppearanceBoxes& boxes,
            const std::array<double, 4>& upright) {
  const SeenBox whole = boxes.whole();
  PdfValue resources = PdfValue::ofDictionary();
  std::string content;
  if (parts.image) {
    PdfValue objects = PdfValue::ofDictionary();
    objects.set("Im1", PdfValue::ofReference(parts.image->addTo(update)));
    resources.set("XObject", std::move(objects));
    content +=
        fmt::format("q\n{} 0 0 {} {} {} cm\n/Im1 Do\nQ\n", number(boxes.image.width(), 3),
                    number(boxes.image.height(), 3), number(boxes.image.left - whole.left, 3),
                    number(whole.bottom - boxes.image.bottom, 3));
  }
  if (parts.text) {
    PdfValue fonts = PdfValue::ofDictionary();
    content += parts.text->draw(update, fonts, boxes.text.left - whole.left,
                                whole.bottom - boxes.text.bottom);
    resources.set("Font", std::move(fonts));
  }
  PdfValue form = PdfValue::ofDictionary();
  form.set("Type", PdfValue::ofName("XObject"));
  form.set("Subtype", PdfValue::ofName("Form"));
  form.set("BBox", realValues({0, 0, whole.width(), whole.height()}));
  form.set("Resources", std::move(resources));
  // 12.5.5: viewers fit the box of the transformed form into /Rect, so the matrix needs no offset.
  const auto& u = upright;
  if (u[0] != 1) form.set("Matrix", realValues({u[0], u[1], u[2], u[3], 0, 0}));
  const PdfRef normal = update.allocate();
  update.putStream(normal, std::move(form), content);
  return normal;
}

/// The newest visible signature with its page; nullopt without one.
std::optional<std::pair<DocumentPage, PageMark>> newestVisible(const PdfRevisions& file) {
  std::optional<std::pair<DocumentPage, PageMark>> newest;
  std::uint64_t newestEnd = 0;
  for (const SignatureField& field : readSignatureFields(file)) {
    if (!field.filled || field.field.number == 0) continue;
    PdfValue widget = field.fieldValue;
    const PdfValue kids = file.get(widget, "Kids");
    if (!kids.items.empty()) widget = file.resolve(kids.items.front());
    const PdfValue rect = file.get(widget, "Rect");
    const PdfValue* page = widget.find("P");
    if (rect.items.size() != 4 || page == nullptr || !page->is(PdfValue::Kind::reference)) continue;
    double c[4];
    for (std::size_t i = 0; i < 4; ++i) c[i] = file.resolve(rect.items[i]).number();
    const PageMark box{std::min(c[0], c[2]), std::min(c[1], c[3]), std::max(c[0], c[2]),
                       std::max(c[1], c[3])};
    const std::uint64_t end = field.byteRange[2] + field.byteRange[3];
    if (box.right <= box.left || box.top <= box.bottom || end < newestEnd) continue;
    newestEnd = end;
    newest.emplace(readPage(file, page->reference), box);
  }
  return newest;
}

PlacedAppearance unseen(const PdfRevisions& file, IncrementalUpdate& update) {
  PlacedAppearance placed;
  placed.page = readFirstPage(file);
  placed.rect = realValues({0, 0, 0, 0});
  Parts none;
  placed.normal = draw(update, none, {}, {1, 0, 0, 1});
  return placed;
}

}  // namespace

PdfValue realValue(double value) {
  PdfValue made;
  made.kind = PdfValue::Kind::real;
  made.text = number(value, 3);
  return made;
}

PdfValue realValues(std::initializer_list<double> values) {
  std::vector<PdfValue> items;
  for (const double value : values) items.push_back(realValue(value));
  return PdfValue::ofArray(std::move(items));
}

Result<PlacedAppearance> placeAppearance(const PdfRevisions& file, IncrementalUpdate& update,
                                         const Appearance& appearance) {
  if (appearance.empty()) return unseen(file, update);
  PlacedAppearance placed;
  PageMark below;
  if (appearance.place == AppearancePlace::overLeftOfSignature) {
    if (auto newest = newestVisible(file)) std::tie(placed.page, below) = *std::move(newest);
  }
  if (placed.page.reference.number == 0) {
    auto page = readPage(file, appearance.page);
    if (!page) {
      return ItemError{Stage::signing, Cause::documentNotSigned, "",
                       fmt::format("the document has no page {}", appearance.page)};
    }
    placed.page = *std::move(page);
  }
  const PageView view(placed.page.geometry);
  auto parts = measure(appearance, std::max(view.width() - kMargins, 72.0));
  if (!parts) return parts.error();
  std::vector<SeenBox> taken;
  for (const PageMark& mark : pageMarks(file, placed.page.page)) taken.push_back(view.seen(mark));
  const auto boxes = chooseBoxes(appearance, parts->sizes, view, taken, view.seen(below));
  if (!boxes) return boxes.error();
  placed.normal = draw(update, *parts, *boxes, view.upright());
  const SeenBox whole = boxes->whole();
  const PageMark rect = view.inUserSpace(whole);
  placed.rect = realValues({rect.left, rect.bottom, rect.right, rect.top});
  placed.width = whole.width();
  placed.height = whole.height();
  return placed;
}

Result<PlacedAppearance> drawAppearance(IncrementalUpdate& update, const Appearance& appearance) {
  // The field's size is not known here: lines break at 240 points, and fillField() scales the whole
  // to fit.
  auto parts = measure(appearance, 240);
  if (!parts) return parts.error();
  const AppearanceBoxes boxes = standAlone(parts->sizes);
  PlacedAppearance drawn;
  drawn.width = boxes.whole().width();
  drawn.height = boxes.whole().height();
  drawn.rect = realValues({0, 0, drawn.width, drawn.height});
  drawn.normal = draw(update, *parts, boxes, {1, 0, 0, 1});
  return drawn;
}

}  // namespace sohoa
