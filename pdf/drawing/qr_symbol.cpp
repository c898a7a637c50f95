#include "pdf/drawing/qr_symbol.h"

#include <qrencode.h>

#include <stdexcept>

#include "core/handle.h"

namespace sohoa {

QrSymbol qrSymbol(const std::string& text) {
  const Handle<QRcode, QRcode_free> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_H, QR_MODE_8, 1));
  if (!code) throw std::invalid_argument("no QR code holds this text");
  QrSymbol symbol;
  symbol.size = code->width;
  const int modules = code->width * code->width;
  for (int i = 0; i < modules; ++i) symbol.dark.push_back((code->data[i] & 1) != 0);
  return symbol;
}

}  // namespace sohoa
