#include "pdf/incoming/pdf_image_coding.h"

#include <map>
#include <string_view>
#include <vector>

#include "pdf/incoming/pdf_guard.h"

namespace sohoa {
namespace {

[[noreturn]] void unsupported(const std::string& why) {
  throw PdfRefusal(Cause::imageUnsupported, why);
}

std::string fullName(const std::string& filter) {
  static const std::map<std::string, std::string> kShort{
      {"/AHx", "/ASCIIHexDecode"}, {"/A85", "/ASCII85Decode"},  {"/LZW", "/LZWDecode"},
      {"/Fl", "/FlateDecode"},     {"/RL", "/RunLengthDecode"}, {"/CCF", "/CCITTFaxDecode"},
      {"/DCT", "/DCTDecode"}};
  const auto found = kShort.find(filter);
  return found == kShort.end() ? filter : found->second;
}

std::vector<std::string> filtersOf(QPDFObjectHandle dictionary) {
  QPDFObjectHandle filter = dictionary.getKey("/Filter");
  std::vector<std::string> names;
  if (filter.isName()) names.push_back(fullName(filter.getName()));
  for (int i = 0; filter.isArray() && i < filter.getArrayNItems(); ++i) {
    if (!filter.getArrayItem(i).isName()) unsupported("filter that is not a name");
    names.push_back(fullName(filter.getArrayItem(i).getName()));
  }
  if (names.size() > 8) unsupported("too many filters");
  return names;
}

QPDFObjectHandle parametersOf(QPDFObjectHandle dictionary, std::size_t filter) {
  QPDFObjectHandle parameters = dictionary.getKey("/DecodeParms");
  if (parameters.isArray()) {
    return filter < static_cast<std::size_t>(parameters.getArrayNItems())
               ? parameters.getArrayItem(static_cast<int>(filter))
               : QPDFObjectHandle::newNull();
  }
  return parameters;
}

// Components of a device, CIE or ICC based space that can stand for DeviceGray, RGB or CMYK.
int componentsOf(QPDFObjectHandle space) {
  if (space.isArray() && space.getArrayNItems() > 0) {
    QPDFObjectHandle family = space.getArrayItem(0);
    if (family.isName() && family.getName() == "/ICCBased" && space.getArrayNItems() > 1) {
      QPDFObjectHandle profile = space.getArrayItem(1);
      QPDFObjectHandle n =
          profile.isStream() ? profile.getDict().getKey("/N") : QPDFObjectHandle::newNull();
      if (n.isInteger() && (n.getIntValue() == 1 || n.getIntValue() == 3 || n.getIntValue() == 4)) {
        return n.getIntValueAsInt();
      }
    }
    space = family;
  }
  const std::string name = space.isName() ? space.getName() : std::string("none");
  if (name == "/DeviceGray" || name == "/G" || name == "/CalGray") return 1;
  if (name == "/DeviceRGB" || name == "/RGB" || name == "/CalRGB") return 3;
  if (name == "/DeviceCMYK" || name == "/CMYK") return 4;
  unsupported("colour space " + name);
}

std::string readPalette(QPDFObjectHandle indexed) {
  const int base = componentsOf(indexed.getArrayItem(1));
  if (base == 4) unsupported("palette of CMYK colours");
  QPDFObjectHandle table = indexed.getArrayItem(3);
  std::string bytes;
  if (table.isString()) bytes = table.getStringValue();
  if (table.isStream()) bytes = decoded(table, 4096).value_or("");
  if (base == 3) return bytes.substr(0, 768);
  std::string rgb;
  for (const char grey : bytes.substr(0, 256)) rgb.append(3, grey);
  return rgb;
}

void readColour(QPDFObjectHandle dictionary, PdfImageCoding& coding) {
  QPDFObjectHandle space = dictionary.getKey("/ColorSpace");
  if (space.isArray() && space.getArrayNItems() == 4 && space.getArrayItem(0).isName() &&
      (space.getArrayItem(0).getName() == "/Indexed" || space.getArrayItem(0).getName() == "/I")) {
    coding.palette = readPalette(space);
    coding.components = 1;
    if (coding.palette.empty()) unsupported("palette without colours");
  } else if (!(coding.data == PdfImageCoding::Data::jpeg2000 && space.isNull())) {
    coding.components = componentsOf(space);
  }
}

void readDecode(QPDFObjectHandle dictionary, PdfImageCoding& coding) {
  QPDFObjectHandle decode = dictionary.getKey("/Decode");
  if (decode.isNull()) return;
  const double top = coding.palette.empty() ? 1 : (1 << coding.bits) - 1;
  bool plain = decode.isArray(), turned = decode.isArray();
  const int count = decode.isArray() ? decode.getArrayNItems() : 0;
  for (int i = 0; i < count; ++i) {
    QPDFObjectHandle item = decode.getArrayItem(i);
    const double value = item.isNumber() ? item.getNumericValue() : -1;
    plain = plain && value == (i % 2 == 0 ? 0 : top);
    turned = turned && value == (i % 2 == 0 ? top : 0);
  }
  if (count < 2 || (!plain && !turned)) unsupported("Decode array");
  if (turned && !coding.palette.empty()) unsupported("Decode array of a palette");
  coding.inverted = turned;
}

int integer(QPDFObjectHandle dictionary, const char* key, int otherwise) {
  QPDFObjectHandle value = dictionary.getKey(key);
  if (!value.isInteger()) return otherwise;
  return value.getIntValueAsInt();
}

}  // namespace

PdfImageCoding readCoding(QPDFObjectHandle image) {
  using Data = PdfImageCoding::Data;
  QPDFObjectHandle dictionary = image.getDict();
  PdfImageCoding coding;
  coding.width = integer(dictionary, "/Width", 0);
  coding.height = integer(dictionary, "/Height", 0);
  coding.parameters = QPDFObjectHandle::newNull();
  for (const char* mask : {"/SMask", "/Mask"}) {
    if (!dictionary.getKey(mask).isNull()) {
      throw PdfRefusal(Cause::pdfNotScanned, "the image is masked");
    }
  }
  const auto filters = filtersOf(dictionary);
  if (!filters.empty()) {
    const std::string& last = filters.back();
    coding.parameters = parametersOf(dictionary, filters.size() - 1);
    if (last == "/DCTDecode") coding.data = Data::jpeg;
    if (last == "/CCITTFaxDecode") coding.data = Data::fax;
    if (last == "/JPXDecode") coding.data = Data::jpeg2000;
    if (last == "/JBIG2Decode") unsupported("JBIG2 coding");
  }
  QPDFObjectHandle stencil = dictionary.getKey("/ImageMask");
  if (stencil.isBool() && stencil.getBoolValue()) {
    coding.bits = 1;
    coding.components = 1;
  } else {
    coding.bits = integer(dictionary, "/BitsPerComponent", coding.data == Data::fax ? 1 : 8);
    readColour(dictionary, coding);
  }
  if (coding.data == Data::fax) coding.bits = 1;
  if (coding.bits != 1 && coding.bits != 2 && coding.bits != 4 && coding.bits != 8 &&
      coding.bits != 16) {
    unsupported(std::to_string(coding.bits) + " bits per sample");
  }
  readDecode(dictionary, coding);
  return coding;
}

std::string codedData(QPDF& pdf, QPDFObjectHandle image, const PdfImageCoding& coding,
                      std::size_t most) {
  QPDFObjectHandle dictionary = image.getDict();
  const auto filters = filtersOf(dictionary);
  QPDFObjectHandle stream = image;
  if (coding.data != PdfImageCoding::Data::samples) {
    const auto raw = image.getRawStreamData();
    std::string bytes(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize());
    if (filters.size() == 1) return bytes;
    stream = pdf.newStream(bytes);
    QPDFObjectHandle names = QPDFObjectHandle::newArray(), parameters = names.shallowCopy();
    for (std::size_t i = 0; i + 1 < filters.size(); ++i) {
      names.appendItem(QPDFObjectHandle::newName(filters[i]));
      parameters.appendItem(parametersOf(dictionary, i));
    }
    stream.getDict().replaceKey("/Filter", names);
    stream.getDict().replaceKey("/DecodeParms", parameters);
  }
  auto data = decoded(stream, most);
  if (!data)
    throw PdfRefusal(Cause::imageUnsupported, "filter of the image, or its data is broken");
  return std::move(*data);
}

}  // namespace sohoa
