"""Search over everything that is public: the index, the words that children use for a topic, signs of
distress in a question.

The portal enters its pages here too, so this subdomain knows neither resources nor pages. Staff keep the
children's words.
"""
