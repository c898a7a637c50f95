#include "pdf/pdfa/assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pdf/images/srgb_profile.h"
#include "pdf/pdfa/font_objects.h"
#include "pdf/pdfa/new_stream.h"
#include "pdf/pdfa/pdfa_file.h"
#include "pdf/pdfa/xmp.h"
#include "pdf/util/pdf_number.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

// ISO 32000-1, Annex C, and ISO 19005-1 without /UserUnit: sides of a page, points.
constexpr double kLeastSide = 3, kMostSide = 14400;

std::string pdfDate(Time time) {
  // "2021-09-10T14:30:20+07:00" without its separators.
  const std::string iso = isoVietnam(time);
  return "D:" + iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2) + iso.substr(11, 2) +
         iso.substr(14, 2) + iso.substr(17, 2) + "+07'00'";
}

std::set<char32_t> charactersOf(const std::vector<PdfPageSource>& pages) {
  std::set<char32_t> characters;
  for (const PdfPageSource& page : pages) collectCharacters(page.reading, characters);
  return characters;
}

QPDFObjectHandle infoDictionary(const PdfInfo& info) {
  QPDFObjectHandle dictionary = QPDFObjectHandle::newDictionary();
  const auto put = [&](const char* key, const std::string& text) {
    if (text.empty()) return;
    dictionary.replaceKey(key, QPDFObjectHandle::newString(pdfStringOfText(text)));
  };
  put("/Title", info.title);
  put("/Author", info.author);
  put("/Subject", info.subject);
  put("/Keywords", info.keywords);
  put("/Creator", std::string(kCreator));
  put("/Producer", std::string(kProducer));
  put("/CreationDate", pdfDate(info.created));
  put("/ModDate", pdfDate(info.created));
  return dictionary;
}

}  // namespace

Assembly::Assembly(const std::filesystem::path& folder, const std::vector<PdfPageSource>& pages,
                   PdfStandard standard)
    : standard_(standard), spool_(folder), font_(charactersOf(pages)) {
  pdf_.setSuppressWarnings(true);
  pdf_.emptyPDF();
}

Result<void> Assembly::addPage(const PdfPageSource& source) {
  if (!open_ || openName_ != source.file) {
    auto opened = OpenIncoming::open(source.file);
    if (!opened) return opened.error();
    open_.emplace(std::move(*opened));
    openName_ = source.file;
  }
  auto image = open_->page(source.index);
  if (!image) return image.error();
  const PageReading& reading = source.reading;
  const PageSpace space{72 / image->xDpi, 72 / image->yDpi, image->height * 72 / image->yDpi};
  const double width = image->width * space.xScale;
  const std::string name = source.file.filename().string();
  const std::string text = textLayer(reading, font_, space);
  if (!text.empty() && (reading.width != image->width || reading.height != image->height)) {
    return ItemError{Stage::packaging, Cause::documentNotWritten, name,
                     "the text was read from an image of another size"};
  }
  if (std::min(width, space.height) < kLeastSide || std::max(width, space.height) > kMostSide) {
    return ItemError{Stage::packaging, Cause::documentNotWritten, name,
                     fmt::format("a sheet of {:.0f} x {:.0f} points", width, space.height)};
  }
  auto embedded = embedImage(std::move(*image));
  if (!embedded) {
    ItemError error = embedded.error();
    error.item = name;
    return error;
  }
  addPageObjects(*embedded, text, width, space.height, reading.rotation);
  return {};
}

void Assembly::addPageObjects(const EmbeddedImage& embedded, const std::string& text, double width,
                              double height, int rotation) {
  QPDFObjectHandle image =
      spooledStream(pdf_, spool_, spool_.add(embedded.data), embedded.dictionary);
  const std::string w = number(width, 3), h = number(height, 3);
  QPDFObjectHandle page = QPDFObjectHandle::parse(
      fmt::format("<< /Type /Page /MediaBox [0 0 {} {}] /Rotate {} /Resources << /ProcSet "
                  "[/PDF /Text /ImageB /ImageC /ImageI] /XObject << >> >> >>",
                  w, h, rotation));
  QPDFObjectHandle resources = page.getKey("/Resources");
  resources.getKey("/XObject").replaceKey("/Im0", image);
  if (!text.empty()) {
    if (!fontObject_.isInitialized()) fontObject_ = addFont(pdf_, font_);
    resources.replaceKey("/Font", QPDFObjectHandle::newDictionary());
    resources.getKey("/Font").replaceKey("/F0", fontObject_);
  }
  page.replaceKey(
      "/Contents",
      newStream(pdf_, "<< >>", fmt::format("q\n{} 0 0 {} 0 0 cm\n/Im0 Do\nQ\n{}", w, h, text)));
  pages_.push_back(pdf_.makeIndirectObject(page));
}

void Assembly::finish(const PdfInfo& info) {
  setPages(pdf_, pages_);
  QPDFObjectHandle root = pdf_.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newString("vi"));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
  // ISO 19005-1, 6.7.2: metadata streams are not filtered, so that any tool finds them.
  root.replaceKey("/Metadata",
                  newStream(pdf_, "<< /Type /Metadata /Subtype /XML >>", xmpPacket(info), false));
  QPDFObjectHandle intent = QPDFObjectHandle::parse(
      "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
      "/RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) >>");
  intent.replaceKey("/DestOutputProfile", newStream(pdf_, "<< /N 3 >>", srgbProfile()));
  QPDFObjectHandle intents = QPDFObjectHandle::newArray();
  intents.appendItem(pdf_.makeIndirectObject(intent));
  root.replaceKey("/OutputIntents", intents);
  pdf_.getTrailer().replaceKey("/Info", pdf_.makeIndirectObject(infoDictionary(info)));
}

void Assembly::write(OutputFile& out) { writeArchival(pdf_, standard_, out); }

}  // namespace sohoa
