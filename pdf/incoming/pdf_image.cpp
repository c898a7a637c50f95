#include "pdf/incoming/pdf_image.h"

#include <algorithm>
#include <cmath>

#include "pdf/images/image_conversion.h"
#include "pdf/images/jpeg_file.h"
#include "pdf/images/tiff_memory.h"
#include "pdf/incoming/pdf_guard.h"
#include "pdf/incoming/pdf_image_coding.h"
#include "pdf/util/bytes.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxCoded = std::size_t{512} << 20;
using Data = PdfImageCoding::Data;

[[noreturn]] void unsupported(const std::string& why) {
  throw PdfRefusal(Cause::imageUnsupported, why);
}

void requireSize(std::int64_t width, std::int64_t height, const IncomingLimits& limits) {
  if (const auto error = checkSize(width, height, limits)) {
    throw PdfRefusal(error->cause, error->detail);
  }
}

// The JPEG's own header, when the stream means the same outside the PDF as in it.
JpegHeader checkJpeg(const PdfImageCoding& coding, const std::string& bytes) {
  auto header = readJpegHeader(bytes);
  if (!header) {
    const bool cut = header.error().cause == Cause::fileTruncated;
    throw PdfRefusal(cut ? Cause::pdfDamaged : header.error().cause, header.error().detail);
  }
  if (!coding.palette.empty() || header->components != coding.components) {
    unsupported("JPEG in another colour space");
  }
  // Outside PDF, four components with an Adobe marker are understood as inverted.
  if (header->components == 4 && (!coding.inverted || !header->saysTransform)) {
    unsupported("CMYK in JPEG");
  }
  QPDFObjectHandle parameters = coding.parameters;
  if (parameters.isDictionary() && header->components == 3 && !header->storedAsRgb) {
    QPDFObjectHandle transform = parameters.getKey("/ColorTransform");
    if (transform.isInteger() && transform.getIntValue() == 0) unsupported("RGB in JPEG, unmarked");
  }
  return *header;
}

bool flag(QPDFObjectHandle parameters, const char* key) {
  if (!parameters.isDictionary()) return false;
  QPDFObjectHandle value = parameters.getKey(key);
  return value.isBool() && value.getBoolValue();
}

bool startsWithEndOfLine(std::string_view data) {
  // T.4: eleven or more zero bits, then a one.
  return data.size() > 2 && data[0] == 0 && (byteAt(data, 1) & 0xE0) == 0;
}

std::string wrapFax(const PdfImageCoding& coding, const std::string& data, const PageImage& page) {
  QPDFObjectHandle parameters = coding.parameters;
  long long k = 0;
  int columns = 1728;
  if (parameters.isDictionary()) {
    if (parameters.getKey("/K").isInteger()) k = parameters.getKey("/K").getIntValue();
    if (parameters.getKey("/Columns").isInteger()) {
      columns = parameters.getKey("/Columns").getIntValueAsInt();
    }
  }
  if (columns != coding.width) unsupported("CCITT columns differ from the image's width");
  const bool aligned = flag(parameters, "/EncodedByteAlign");
  TiffPicture picture{.width = coding.width,
                      .height = coding.height,
                      .data = data,
                      .palette = {},
                      .xDpi = page.xDpi,
                      .yDpi = page.yDpi};
  if (k < 0 && !aligned) {
    picture.compression = COMPRESSION_CCITTFAX4;
  } else if (k >= 0 && startsWithEndOfLine(data)) {
    picture.compression = COMPRESSION_CCITTFAX3;
    picture.group3Options =
        (k > 0 ? GROUP3OPT_2DENCODING : 0u) | (aligned ? GROUP3OPT_FILLBITS : 0u);
  } else if (k == 0 && aligned) {
    picture.compression = COMPRESSION_CCITTRLE;
  } else {
    unsupported("variant of CCITT coding");
  }
  // ISO 32000-1, 7.4.6: without BlackIs1, black comes out as 0, which DeviceGray shows black.
  bool black = !flag(parameters, "/BlackIs1");
  if (coding.inverted) black = !black;
  if (!coding.palette.empty()) {
    if (coding.palette == std::string("\xFF\xFF\xFF\0\0\0", 6)) {
      black = !black;
    } else if (coding.palette != std::string("\0\0\0\xFF\xFF\xFF", 6)) {
      unsupported("CCITT with a palette of colours");
    }
  }
  picture.photometric = black ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK;
  return wrapAsTiff(picture);
}

// CMYK to RGB without a profile, and 16 bits to 8: for the rare scanner that stores them.
void simplify(PdfImageCoding& coding, std::string& data) {
  if (coding.bits == 16) {
    for (std::size_t i = 0; 2 * i < data.size(); ++i) data[i] = data[2 * i];
    data.resize(data.size() / 2);
    coding.bits = 8;
  }
  if (coding.inverted) {
    for (char& byte : data) byte = static_cast<char>(~byte);
    coding.inverted = false;
  }
  if (coding.components == 4) {
    for (std::size_t i = 0; 4 * i + 3 < data.size(); ++i) {
      const unsigned key = 255 - byteAt(data, 4 * i + 3);
      for (std::size_t c = 0; c < 3; ++c) {
        data[3 * i + c] = static_cast<char>((255 - byteAt(data, 4 * i + c)) * key / 255);
      }
    }
    data.resize(data.size() / 4 * 3);
    coding.components = 3;
  }
}

std::size_t sampleBytes(const PdfImageCoding& coding) {
  const auto row = (static_cast<std::size_t>(coding.width) * static_cast<std::size_t>(coding.bits) *
                        static_cast<std::size_t>(coding.components) +
                    7) /
                   8;
  return row * static_cast<std::size_t>(coding.height);
}

std::string wrapSamples(QPDF& pdf, const PdfScan& scan, PdfImageCoding coding,
                        const PageImage& page) {
  if (coding.components != 1 && coding.bits < 8) unsupported("colour with few bits per sample");
  const std::size_t size = sampleBytes(coding);
  std::string data = codedData(pdf, scan.image, coding, size + 65536);
  if (data.size() < size) throw PdfRefusal(Cause::pdfDamaged, "image data ends early");
  data.resize(size);
  simplify(coding, data);
  return wrapAsTiff(
      {.width = coding.width,
       .height = coding.height,
       .bits = coding.bits,
       .samples = coding.components,
       .photometric = static_cast<std::uint16_t>(!coding.palette.empty()  ? PHOTOMETRIC_PALETTE
                                                 : coding.components == 3 ? PHOTOMETRIC_RGB
                                                                          : PHOTOMETRIC_MINISBLACK),
       .data = data,
       .palette = coding.palette,
       .xDpi = page.xDpi,
       .yDpi = page.yDpi});
}

// As sizes are known only from the JPEG itself, `page` is filled here.
template <class Page>
void setSize(Page& page, int width, int height, const PdfScan& scan) {
  page.width = width;
  page.height = height;
  const Density drawn{72 * width / scan.widthPoints, 72 * height / scan.heightPoints};
  const Resolution dpi = credibleResolution(width, height, {drawn});
  page.xDpi = dpi.x, page.yDpi = dpi.y, page.dpiAssumed = dpi.assumed;
}

}  // namespace

IncomingPage inspectScan(QPDF& pdf, const PdfScan& scan, const IncomingLimits& limits) {
  const PdfImageCoding coding = readCoding(scan.image);
  IncomingPage page;
  if (coding.data == Data::jpeg) {
    const auto header = checkJpeg(coding, codedData(pdf, scan.image, coding, kMaxCoded));
    requireSize(header.width, header.height, limits);
    setSize(page, header.width, header.height, scan);
  } else {
    requireSize(coding.width, coding.height, limits);
    setSize(page, coding.width, coding.height, scan);
  }
  return page;
}

PageImage extractScan(QPDF& pdf, const PdfScan& scan, const IncomingLimits& limits) {
  const PdfImageCoding coding = readCoding(scan.image);
  PageImage page;
  if (coding.data == Data::jpeg) {
    page.bytes = codedData(pdf, scan.image, coding, kMaxCoded);
    const auto header = checkJpeg(coding, page.bytes);
    requireSize(header.width, header.height, limits);
    setSize(page, header.width, header.height, scan);
    page.format = ImageFormat::jpeg;
    if (coding.inverted && header.components != 4) {
      page.bytes = invertedAsPng(page.bytes);
      page.format = ImageFormat::png;
    }
  } else {
    requireSize(coding.width, coding.height, limits);
    setSize(page, coding.width, coding.height, scan);
    page.format = ImageFormat::tiff;
    if (coding.data == Data::fax) {
      page.bytes = wrapFax(coding, codedData(pdf, scan.image, coding, kMaxCoded), page);
    } else if (coding.data == Data::jpeg2000) {
      page.format = ImageFormat::png;
      const std::string data = codedData(pdf, scan.image, coding, kMaxCoded);
      page.bytes = jpeg2000AsPng(data, coding.width, coding.height);
      if (page.bytes.empty()) unsupported("JPEG 2000 that cannot be decoded");
    } else {
      page.bytes = wrapSamples(pdf, scan, coding, page);
    }
  }
  if (page.bytes.empty()) unsupported("image that cannot be unpacked");
  return page;
}

}  // namespace sohoa
