#pragma once

#include <qpdf/QPDF.hh>
#include <string>

namespace sohoa {

/// How an image XObject (ISO 32000-1, 8.9.5) codes its samples.
struct PdfImageCoding {
  enum class Data { jpeg, fax, jpeg2000, samples };
  Data data = Data::samples;
  int width = 0, height = 0;
  int bits = 8;
  int components = 1;           ///< 1 for a palette index
  bool inverted = false;        ///< the Decode array turns black and white around
  std::string palette;          ///< RGB triples when the colour space is Indexed
  QPDFObjectHandle parameters;  ///< DecodeParms of the last filter, or null
};

/// Throws PdfRefusal for what a scan does not have: masks, JBIG2, exotic colour spaces.
PdfImageCoding readCoding(QPDFObjectHandle image);

/// The data with every filter but the image codec (DCT, CCITT, JPX) undone; for samples, all
/// filters. `most` bounds what it may unpack to.
std::string codedData(QPDF& pdf, QPDFObjectHandle image, const PdfImageCoding& coding,
                      std::size_t most);

}  // namespace sohoa
