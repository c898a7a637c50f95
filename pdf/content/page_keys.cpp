#include "pdf/content/page_keys.h"

#include <vector>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxParents = 64;

}  // namespace

PdfValue inheritedOf(const PdfRevisions& file, PdfValue node, std::string_view key,
                     std::size_t section) {
  for (int depth = 0; depth < kMaxParents; ++depth) {
    PdfValue value = file.get(node, key, section);
    if (!value.is(Kind::null)) return value;
    node = file.get(node, "Parent", section);
  }
  return {};
}

std::string contentOf(const PdfRevisions& file, const PdfValue& page, std::size_t section) {
  const PdfValue* contents = page.find("Contents");
  if (contents == nullptr) return {};
  std::vector<PdfValue> parts = file.resolve(*contents, section).items;
  if (parts.empty()) parts = {*contents};
  std::string all;
  for (const PdfValue& part : parts) {
    if (!part.is(Kind::reference)) continue;
    const PdfObject object = file.object(part.reference, section);
    if (object.hasStream) all += file.decoded(object, section) + "\n";
  }
  return all;
}

}  // namespace sohoa
