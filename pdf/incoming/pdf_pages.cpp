#include "pdf/incoming/pdf_pages.h"

#include <set>
#include <utility>

#include "pdf/incoming/pdf_guard.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxDepth = 100, kMaxPages = 100000;

struct Node {
  PdfPage page;
  std::size_t depth = 0;
};

QPDFObjectHandle orInherited(QPDFObjectHandle object, const char* key, QPDFObjectHandle inherited) {
  QPDFObjectHandle own = object.getKey(key);
  return own.isNull() ? inherited : own;
}

PdfPage inheriting(QPDFObjectHandle object, const PdfPage& parent) {
  return {object, orInherited(object, "/Resources", parent.resources),
          orInherited(object, "/MediaBox", parent.mediaBox),
          orInherited(object, "/CropBox", parent.cropBox)};
}

bool isSignatureDictionary(QPDFObjectHandle object) {
  if (!object.isDictionary()) return false;
  if (object.hasKey("/ByteRange")) return true;
  if (object.hasKey("/Contents") && object.hasKey("/Filter") && object.hasKey("/SubFilter")) {
    return true;
  }
  QPDFObjectHandle type = object.getKey("/Type");
  return type.isName() && (type.getName() == "/Sig" || type.getName() == "/DocTimeStamp") &&
         object.hasKey("/Contents");
}

}  // namespace

std::vector<PdfPage> listPages(QPDF& pdf) {
  std::vector<PdfPage> pages;
  std::set<QPDFObjGen> seen;
  const QPDFObjectHandle none = QPDFObjectHandle::newNull();
  std::vector<Node> open{{inheriting(pdf.getRoot().getKey("/Pages"), {none, none, none, none}), 0}};
  while (!open.empty()) {
    Node node = std::move(open.back());
    open.pop_back();
    QPDFObjectHandle object = node.page.object;
    if (!object.isDictionary()) throw PdfRefusal(Cause::pdfDamaged, "page tree: not a dictionary");
    // A page object may hang in the tree twice, a node may not: it would be a loop.
    QPDFObjectHandle kids = object.getKey("/Kids");
    if (!kids.isArray()) {
      pages.push_back(node.page);
      if (pages.size() > kMaxPages) throw PdfRefusal(Cause::pdfDamaged, "too many pages");
      continue;
    }
    if (object.isIndirect() && !seen.insert(object.getObjGen()).second) {
      throw PdfRefusal(Cause::pdfDamaged, "page tree: loop");
    }
    if (node.depth >= kMaxDepth) throw PdfRefusal(Cause::pdfDamaged, "page tree: too deep");
    if (open.size() > kMaxPages) throw PdfRefusal(Cause::pdfDamaged, "too many pages");
    const int count = kids.getArrayNItems();
    for (int i = count - 1; i >= 0; --i) {
      QPDFObjectHandle kid = kids.getArrayItem(i);
      if (!kid.isDictionary()) throw PdfRefusal(Cause::pdfDamaged, "page tree: missing page");
      open.push_back({inheriting(kid, node.page), node.depth + 1});
    }
  }
  if (pages.empty()) throw PdfRefusal(Cause::pdfDamaged, "no pages");
  return pages;
}

bool holdsSignature(QPDF& pdf) {
  for (const auto& [id, entry] : pdf.getXRefTable()) {
    QPDFObjectHandle object = pdf.getObject(id);
    if (isSignatureDictionary(object)) return true;
    if (!object.isDictionary()) continue;
    // A field's value may be direct, or the dictionary may lack what marks a signature.
    QPDFObjectHandle kind = object.getKey("/FT");
    QPDFObjectHandle value = object.getKey("/V");
    if (kind.isName() && kind.getName() == "/Sig" && value.isDictionary()) return true;
    if (isSignatureDictionary(value)) return true;
  }
  return false;
}

}  // namespace sohoa
