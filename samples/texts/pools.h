#pragma once

#include <string>

#include "samples/random.h"

namespace sohoa::samples {

/// A district of the province with one of its communes.
struct Place {
  std::string district;  ///< "huyện Bố Trạch"
  std::string commune;   ///< "xã Đại Trạch"
  std::string village;   ///< "thôn Phúc Tự"
};

struct Person {
  std::string name;
  bool woman = false;
  std::string honorific() const { return woman ? "bà" : "ông"; }
  std::string Honorific() const { return woman ? "Bà" : "Ông"; }
};

struct Date {
  int year = 2021;
  int month = 1;
  int day = 1;
  std::string iso() const;      ///< 2021-09-10
  std::string slash() const;    ///< 10/9/2021, or 10/02/2021: a zero before months 1 and 2
  std::string compact() const;  ///< 210910
  /// The day so many days later (or earlier).
  Date plus(int days) const;
  static Date parse(const std::string& iso);
};

Place drawPlace(Random& random);
Person drawPerson(Random& random);
std::string drawCompany(Random& random);
std::string drawProject(Random& random);
/// A working day of 2021 between the two months, both included.
Date drawDate(Random& random, int firstMonth = 1, int lastMonth = 12);
/// "1.234,5": Vietnamese grouping and decimal comma.
std::string vietnameseNumber(double value, int decimals = 0);
std::string twoDigits(int value);
/// "hai nghìn một trăm linh năm", for 1 to 999 999.
std::string numberInWords(int value);
/// First letter in upper case, also for đ and the letters with marks that our texts begin with.
std::string capitalised(const std::string& text);
/// Upper case of a Vietnamese text.
std::string upperCase(const std::string& text);

}  // namespace sohoa::samples
