"""What visitors see of the collection: lists, resource pages, downloads, collections, use reports
and print orders.
"""
