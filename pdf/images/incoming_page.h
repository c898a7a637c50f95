#pragma once

namespace sohoa {

/// One page of a file that came in, as its headers describe it.
struct IncomingPage {
  int width = 0, height = 0;  ///< pixels
  double xDpi = 0, yDpi = 0;
  bool dpiAssumed = false;
};

}  // namespace sohoa
