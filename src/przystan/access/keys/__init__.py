"""Keys: the centre's key files, keys of people and cases (data keys), keys of members of staff, the emergency key.

boxes      the cryptography, on bytes
centre     the key file that closes keys of tier 2, and its replacement
data       a key for each holder and tier, closed for those who may open it
staff      the key pair of a member of staff, closed by a passphrase, a printed code, a passkey
unlocked   the opened key of whoever is asking, for the length of one request
escrow     the emergency key of the organisation
"""
