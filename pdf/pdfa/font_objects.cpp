#include "pdf/pdfa/font_objects.h"

#include <fmt/format.h>

#include "pdf/pdfa/new_stream.h"

namespace sohoa {

QPDFObjectHandle addFont(QPDF& pdf, const InvisibleFont& font) {
  const std::string name = "/" + font.subsetTag() + "+SohoaInvisible";
  const std::string program = font.trueType();
  QPDFObjectHandle descriptor = QPDFObjectHandle::parse(fmt::format(
      "<< /Type /FontDescriptor /FontName {0} /Flags 4 /FontBBox [0 -{1} 1000 {1}] /ItalicAngle 0 "
      "/Ascent {1} /Descent {2} /CapHeight {1} /StemV 80 /MissingWidth 500 >>",
      name, InvisibleFont::kAscent, InvisibleFont::kDescent));
  descriptor.replaceKey("/FontFile2",
                        newStream(pdf, fmt::format("<< /Length1 {} >>", program.size()), program));
  descriptor.replaceKey("/CIDSet", newStream(pdf, "<< >>", font.cidSet()));
  QPDFObjectHandle descendant = QPDFObjectHandle::parse(fmt::format(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont {} /CIDSystemInfo << /Registry (Adobe) "
      "/Ordering (Identity) /Supplement 0 >> /DW 500 /W {} /CIDToGIDMap /Identity >>",
      name, font.widths()));
  descendant.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
  QPDFObjectHandle descendants = QPDFObjectHandle::newArray();
  descendants.appendItem(pdf.makeIndirectObject(descendant));
  QPDFObjectHandle type0 = QPDFObjectHandle::parse(
      fmt::format("<< /Type /Font /Subtype /Type0 /BaseFont {} /Encoding /Identity-H >>", name));
  type0.replaceKey("/DescendantFonts", descendants);
  type0.replaceKey("/ToUnicode", newStream(pdf, "<< >>", font.toUnicode()));
  return pdf.makeIndirectObject(type0);
}

}  // namespace sohoa
