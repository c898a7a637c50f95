#pragma once

#include <vector>

#include "samples/drawing/page.h"
#include "samples/drawing/typesetter.h"
#include "samples/random.h"
#include "samples/texts/document_text.h"

namespace sohoa::samples {

struct LayoutOptions {
  bool numberByHand = true;
  bool dayByHand = true;
  bool monthByHand = false;
  bool nameStamped = false;      ///< the signer's name is left for a stamp
  bool pageNumberBelow = false;  ///< seen on real papers, against the decree
  double bodySize = 13.5;
  double lineSpacing = 1.12;
  double paragraphGap = 5;
  double indent = 34;
  double titleLetterSpacing = 0;
  double marginTop = 60;
  double marginBottom = 60;
  double marginLeft = 87;
  double marginRight = 48;
};

/// Draws the options of one document within what the decree allows.
LayoutOptions drawLayout(Random& random);

/// Pages in the layout of Decree 30/2020/NĐ-CP, Appendix I.
std::vector<Page> layOut(const DocumentText& text, const LayoutOptions& options,
                         const Typesetter& typesetter);

}  // namespace sohoa::samples
