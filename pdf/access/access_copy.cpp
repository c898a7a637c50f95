#include "pdf/access/access_copy.h"

#include <fmt/format.h>

#include <optional>
#include <qpdf/QPDF.hh>
#include <string_view>

#include "pdf/access/page_layers.h"
#include "pdf/images/jpeg_file.h"
#include "pdf/incoming/incoming.h"
#include "pdf/incoming/pdf_guard.h"
#include "pdf/incoming/pdf_image.h"
#include "pdf/pdfa/new_stream.h"
#include "pdf/pdfa/pdfa_file.h"

namespace sohoa {
namespace {

constexpr std::size_t kMostContent = std::size_t{64} << 20;
constexpr std::string_view kShowsScan = " 0 0 cm\n/Im0 Do\nQ\n";

[[noreturn]] void notOurs(const char* why) { throw PdfRefusal(Cause::documentNotWritten, why); }

/// A page as Assembly wrote it, taken apart.
struct FiledPage {
  QPDFObjectHandle page, image;
  std::string text;  ///< operators of the invisible text
  double width = 0, height = 0;
};

FiledPage readPage(QPDFObjectHandle page) {
  FiledPage read;
  read.page = page;
  const auto content = decoded(page.getKey("/Contents"), kMostContent);
  const std::size_t scan = content ? content->find(kShowsScan) : std::string::npos;
  read.image = page.getKey("/Resources").getKey("/XObject").getKey("/Im0");
  if (scan == std::string::npos || scan > 80 || !read.image.isStream()) notOurs("its pages");
  read.text = content->substr(scan + kShowsScan.size());
  QPDFObjectHandle box = page.getKey("/MediaBox");
  if (!box.isArray() || box.getArrayNItems() != 4) notOurs("its sheets");
  read.width = box.getArrayItem(2).getNumericValue();
  read.height = box.getArrayItem(3).getNumericValue();
  if (!(read.width > 0 && read.height > 0)) notOurs("its sheets");
  return read;
}

class Copy {
 public:
  Copy(const std::filesystem::path& folder, const std::filesystem::path& document)
      : spool_(folder) {
    source_.setSuppressWarnings(true);
    source_.processFile(document.c_str());
    copy_.setSuppressWarnings(true);
    copy_.emptyPDF();
  }

  AccessPage add(QPDFObjectHandle page) {
    FiledPage filed = readPage(page);
    AccessPage done;
    done.original =
        static_cast<std::uint64_t>(filed.image.getDict().getKey("/Length").getIntValue());
    const auto layers = separateLayers(
        extractScan(source_, {filed.image, filed.width, filed.height}, IncomingLimits{}));
    done.bytes = done.original;
    QPDFObjectHandle images = QPDFObjectHandle::newDictionary();
    std::string show = "/Im0 Do";
    if (layers) done.departure = layers->departure;
    if (layers && layers->departure <= kMostDeparture && layers->bytes() < done.original) {
      done.layered = true;
      done.bytes = layers->bytes();
      images.replaceKey("/Im0", jpeg(layers->background));
      QPDFObjectHandle ink = jpeg(layers->ink.colour);
      ink.getDict().replaceKey("/Mask", stencil(layers->ink));
      images.replaceKey("/Im1", ink);
      show += "\n/Im1 Do";
      for (std::size_t k = 0; k < layers->parts.size(); ++k) {
        const PagePart& part = layers->parts[k];
        images.replaceKey(fmt::format("/Part{}", k), jpeg(part.picture));
        // The page is the unit square here, its first row of pixels on top.
        const double w = layers->width, h = layers->height;
        show +=
            fmt::format("\nq {:.6f} 0 0 {:.6f} {:.6f} {:.6f} cm /Part{} Do Q", part.box.width / w,
                        part.box.height / h, part.box.x / w, (h - part.box.bottom()) / h, k);
      }
    } else {
      images.replaceKey("/Im0", copy_.copyForeignObject(filed.image));
    }
    addPage(filed, images, show);
    return done;
  }

  void write(const std::filesystem::path& out) {
    setPages(copy_, pages_);
    QPDFObjectHandle from = source_.getRoot(), root = copy_.getRoot();
    for (const char* key : {"/Lang", "/ViewerPreferences"}) root.replaceKey(key, again(from, key));
    QPDFObjectHandle intents = QPDFObjectHandle::newArray();
    for (int i = 0; i < from.getKey("/OutputIntents").getArrayNItems(); ++i) {
      intents.appendItem(copy_.copyForeignObject(from.getKey("/OutputIntents").getArrayItem(i)));
    }
    root.replaceKey("/OutputIntents", intents);
    root.replaceKey("/Metadata", newStream(copy_, "<< /Type /Metadata /Subtype /XML >>",
                                           metadata(from.getKey("/Metadata")), false));
    copy_.getTrailer().replaceKey("/Info",
                                  copy_.copyForeignObject(source_.getTrailer().getKey("/Info")));
    OutputFile file(out);
    const bool second = source_.getPDFVersion() >= "1.7";
    writeArchival(copy_, second ? PdfStandard::pdfA2b : PdfStandard::pdfA1b, file);
    file.publish();
  }

  QPDF& source() { return source_; }

 private:
  QPDFObjectHandle jpeg(const std::string& file) {
    const auto header = readJpegHeader(file);
    if (!header) throw PdfRefusal(header.error().cause, header.error().detail);
    return spooledStream(
        copy_, spool_, spool_.add(file),
        fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 8 "
                    "/ColorSpace /{} /Filter /DCTDecode >>",
                    header->width, header->height,
                    header->components == 1 ? "DeviceGray" : "DeviceRGB"));
  }

  // ISO 32000-1, 8.9.6.3: an explicit mask paints where its samples are 0; black decodes to 0.
  QPDFObjectHandle stencil(const InkLayer& ink) {
    return spooledStream(
        copy_, spool_, spool_.add(ink.shapes),
        fmt::format("<< /Type /XObject /Subtype /Image /Width {0} /Height {1} /ImageMask true "
                    "/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 "
                    "/Columns {0} /Rows {1} >> >>",
                    ink.width, ink.height));
  }

  void addPage(const FiledPage& filed, QPDFObjectHandle images, const std::string& show) {
    QPDFObjectHandle page = QPDFObjectHandle::newDictionary();
    page.replaceKey("/Type", QPDFObjectHandle::newName("/Page"));
    QPDFObjectHandle old = filed.page;
    for (const char* key : {"/MediaBox", "/Rotate"}) page.replaceKey(key, again(old, key));
    QPDFObjectHandle resources =
        QPDFObjectHandle::parse("<< /ProcSet [/PDF /Text /ImageB /ImageC] >>");
    resources.replaceKey("/XObject", images);
    QPDFObjectHandle fonts = old.getKey("/Resources").getKey("/Font");
    if (fonts.isDictionary()) {
      QPDFObjectHandle kept = QPDFObjectHandle::newDictionary();
      for (const std::string& name : fonts.getKeys()) {
        kept.replaceKey(name, copy_.copyForeignObject(fonts.getKey(name)));
      }
      resources.replaceKey("/Font", kept);
    }
    page.replaceKey("/Resources", resources);
    page.replaceKey("/Contents",
                    newStream(copy_, "<< >>",
                              fmt::format("q\n{:.3f} 0 0 {:.3f} 0 0 cm\n{}\nQ\n{}", filed.width,
                                          filed.height, show, filed.text)));
    pages_.push_back(copy_.makeIndirectObject(page));
  }

  /// A direct value without references, as it is in the other document.
  static QPDFObjectHandle again(QPDFObjectHandle from, const char* key) {
    return QPDFObjectHandle::parse(from.getKey(key).unparseResolved());
  }

  // XMP (2005), Media Management: this is a rendition of the document, not the document.
  static std::string metadata(QPDFObjectHandle stream) {
    if (!stream.isStream()) notOurs("its metadata");
    const auto data = stream.getStreamData(qpdf_dl_generalized);
    std::string packet(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    const std::size_t end = packet.rfind(" </rdf:RDF>");
    if (end == std::string::npos) notOurs("its metadata");
    packet.insert(end,
                  "  <rdf:Description rdf:about=\"\" "
                  "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                  "   <xmpMM:RenditionClass>screen</xmpMM:RenditionClass>\n"
                  "  </rdf:Description>\n");
    return packet;
  }

  Spool spool_;
  QPDF source_, copy_;  // after the spool: their streams read from it
  std::vector<QPDFObjectHandle> pages_;
};

}  // namespace

Result<std::vector<AccessPage>> writeAccessCopy(const std::filesystem::path& out,
                                                const std::filesystem::path& document) {
  const std::filesystem::path target = std::filesystem::absolute(out);
  auto done = guardPdf([&]() -> Result<std::vector<AccessPage>> {
    Copy copy(target.parent_path(), document);
    std::vector<AccessPage> pages;
    for (const QPDFObjectHandle& page : copy.source().getAllPages())
      pages.push_back(copy.add(page));
    if (pages.empty()) notOurs("no pages");
    copy.write(target);
    return pages;
  });
  if (done) return done;
  ItemError error = done.error();
  error.stage = Stage::packaging;
  error.item = document.filename().string();
  return error;
}

}  // namespace sohoa
