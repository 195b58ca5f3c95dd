"""Names that the source packages lack or spell otherwise: provinces, waters, towns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NATIONS: Final = {
    "KHM": ("Cambodia", "Asia/Phnom_Penh"),
    "LAO": ("Laos", "Asia/Vientiane"),
    "THA": ("Thailand", "Asia/Bangkok"),
    "VNM": ("Viet Nam", "Asia/Ho_Chi_Minh"),
}
"""ISO 3166-1 code -> English name and the time zone whose outline is the country's."""

NEIGHBOURS_BEYOND: Final = {"MMR": ("Myanmar", "Asia/Yangon")}
"""The same, for a country that only a wide screen sees."""

FRENCH_PROVINCES: Final = {
    "KH10": "Kratié",
    "KH11": "Mondolkiri",
    "KH16": "Ratanakiri",
    "KH21": "Takéo",
}
"""Provinces that French spells otherwise than English."""

KHMER_CAPITAL_PREFIX: Final = "រាជធានី"
"""The word "capital" before Phnom Penh in the ministry's list; not part of a map label."""

THAI_PROVINCES: Final = {
    "Chanthaburi Province": ("TH22", "Chanthaburi", "prov-th-chanthaburi"),
    "Trat Province": ("TH23", "Trat", "prov-th-trat"),
    "Sa Kaeo Province": ("TH27", "Sa Kaeo", "prov-th-sakaeo"),
    "Buri Ram Province": ("TH31", "Buri Ram", "prov-th-buriram"),
    "Surin Province": ("TH32", "Surin", "prov-th-surin"),
    "Si Sa Ket Province": ("TH33", "Sisaket", "prov-th-sisaket"),
    "Ubon Ratchathani Province": ("TH34", "Ubon Ratchathani", "prov-th-ubon"),
}
"""Name in the package -> P-code, name and ``place_id`` in our table of places."""

TONLE_SAP: Final = ("Tonle Sap", "Tonlé Sap", "ទន្លេសាប")
WATERS: Final = {"Tonle Sap": TONLE_SAP, "Mekong": ("Mekong", "Mékong", "ទន្លេមេគង្គ")}
"""Natural Earth name -> English, French and Khmer name."""


@dataclass(frozen=True)
class Town:
    """A town that the base map may label; its point comes from GeoNames.

    ``rank`` is 1 for places labelled from the widest view on, 2 for regional centres, 3 for
    small towns that only a close view names. ``name_fr`` and ``name_km`` may be empty.
    """

    geonameid: int
    rank: int
    name_en: str
    name_km: str = ""
    name_fr: str = ""


TOWNS: Final = (
    Town(1821306, 1, "Phnom Penh", "ភ្នំពេញ"),
    Town(1822214, 1, "Siem Reap", "សៀមរាប"),
    Town(1831797, 1, "Battambang", "បាត់ដំបង"),
    Town(1830194, 1, "Poipet", "ប៉ោយប៉ែត"),
    Town(1825093, 1, "Samraong", "សំរោង"),
    Town(11591267, 1, "O'Smach", "អូរស្មាច់"),
    Town(1831866, 1, "Tbeng Meanchey", "ត្បែងមានជ័យ"),
    Town(1822207, 2, "Sisophon", "ស៊ីសុផុន"),
    Town(1831898, 2, "Anlong Veng", "អន្លង់វែង"),
    Town(1830205, 2, "Pailin", "ប៉ៃលិន"),
    Town(1822768, 2, "Pursat", "ពោធិ៍សាត់"),
    Town(1830468, 2, "Koh Kong", "កោះកុង"),
    Town(1831125, 2, "Kampong Thom", "កំពង់ធំ"),
    Town(1831173, 2, "Kampong Cham", "កំពង់ចាម"),
    Town(1831167, 2, "Kampong Chhnang", "កំពង់ឆ្នាំង"),
    Town(1831133, 3, "Kampong Speu", "កំពង់ស្ពឺ"),
    Town(1831112, 2, "Kampot", "កំពត"),
    Town(1830467, 3, "Kep", "កែប"),
    Town(1831142, 2, "Sihanoukville", "ព្រះសីហនុ"),
    Town(1821940, 3, "Takeo", "តាកែវ", "Takéo"),
    Town(1821935, 3, "Ta Khmau", "តាខ្មៅ"),
    Town(1822610, 3, "Prey Veng", "ព្រៃវែង"),
    Town(1821993, 2, "Svay Rieng", "ស្វាយរៀង"),
    Town(1829516, 3, "Bavet", "បាវិត"),
    Town(1830564, 2, "Kratie", "ក្រចេះ", "Kratié"),
    Town(1822029, 2, "Stung Treng", "ស្ទឹងត្រែង"),
    Town(1831732, 2, "Banlung", "បានលុង"),
    Town(1822227, 2, "Sen Monorom", "សែនមនោរម្យ"),
    Town(1822019, 3, "Suong", "សួង"),
    Town(11458564, 3, "Trapeang Prasat", "ត្រពាំងប្រាសាទ"),
    Town(1831515, 3, "Chong Kal", "ចុងកាល់"),
    Town(1830049, 3, "Banteay Ampil", "បន្ទាយអំពិល"),
    Town(1823887, 3, "Thma Puok", "ថ្មពួក"),
    Town(1822003, 3, "Svay Chek", "ស្វាយចេក"),
    Town(11376379, 3, "Phnom Srok", "ភ្នំស្រុក"),
    Town(11407738, 3, "Preah Netr Preah", "ព្រះនេត្រព្រះ"),
    Town(11407734, 3, "Mongkol Borei", "មង្គលបូរី"),
    Town(11376380, 3, "Kralanh", "ក្រឡាញ់"),
    Town(11448939, 3, "Srei Snam", "ស្រីស្នំ"),
    Town(1830454, 3, "Kulen", "គូលែន"),
    Town(1829514, 3, "Bavel", "បវេល"),
    Town(8403851, 3, "Sampov Lun", "សំពៅលូន"),
    Town(11320731, 3, "Kamrieng", "កំរៀង"),
    Town(11336111, 3, "Samlout", "សំឡូត"),
    Town(1830298, 3, "Moung Ruessei", "មោងឫស្សី"),
    Town(11349490, 3, "Veal Veng", "វាលវែង"),
    Town(1822102, 3, "Srae Ambel", "ស្រែអំបិល"),
    Town(1606030, 2, "Surin"),
    Town(1606239, 2, "Sisaket"),
    Town(1605245, 2, "Ubon Ratchathani"),
    Town(1611453, 2, "Buri Ram"),
    Town(1606807, 2, "Sa Kaeo"),
    Town(1621020, 2, "Aranyaprathet"),
    Town(1611269, 2, "Chanthaburi"),
    Town(1605279, 2, "Trat"),
    Town(1610227, 3, "Kantharalak"),
    Town(1618616, 3, "Kap Choeng"),
    Town(1607244, 3, "Prasat"),
    Town(1606543, 3, "Sangkha"),
    Town(1609688, 3, "Khun Han"),
    Town(1609708, 3, "Khu Khan"),
    Town(1605742, 3, "Ta Phraya"),
    Town(1607257, 3, "Prakhon Chai"),
    Town(1654379, 3, "Pakse"),
    Town(1566083, 2, "Ho Chi Minh City", "", "Hô-Chi-Minh-Ville"),
    Town(1566559, 3, "Tay Ninh"),
    Town(1568510, 3, "Rach Gia"),
    Town(1586203, 3, "Can Tho"),
)
"""Seats of provinces and districts and the larger towns around them. Villages are left out:
some shelter displaced people, and the public map has no need of them."""
